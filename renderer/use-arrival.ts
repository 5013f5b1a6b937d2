import { type RefObject, useEffect, useRef } from 'react';
import type { Screen } from '../preload/contract.ts';
import { words } from './words.ts';

/**
 * On arrival at a screen, or at a step of the wizard, its heading has the focus and its `name` is the window's;
 * `onNavigate` may ask for another screen.
 */
export function useArrival(
  shown: Screen,
  name: string,
  sheet: RefObject<HTMLElement | null>,
  go: (screen: Screen) => void,
): void {
  const place = `${shown} ${name}`;
  const last = useRef(place);
  useEffect(() => window.api.onNavigate(go), [go]);
  useEffect(() => {
    document.title = words.common.windowTitle(name);
    // Not at the start: nothing was left, and a screen reader reads the window from its beginning.
    if (last.current === place) return;
    last.current = place;
    sheet.current?.scrollTo(0, 0);
    sheet.current?.querySelector('h1')?.focus();
  }, [place, name, sheet]);
}
