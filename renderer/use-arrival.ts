import { type RefObject, useEffect, useRef } from 'react';
import type { Screen } from '../preload/contract.ts';
import { words } from './words.ts';

/** On arrival at a screen its heading has the focus and its name is the window's; `onNavigate` may ask for another. */
export function useArrival(
  shown: Screen | 'setup',
  sheet: RefObject<HTMLElement | null>,
  go: (screen: Screen) => void,
): void {
  const last = useRef(shown);
  useEffect(() => window.api.onNavigate(go), [go]);
  useEffect(() => {
    document.title = words.common.windowTitle(words.common.screens[shown]);
    // Not at the start: nothing was left, and a screen reader reads the window from its beginning.
    if (last.current === shown) return;
    last.current = shown;
    sheet.current?.scrollTo(0, 0);
    sheet.current?.querySelector('h1')?.focus();
  }, [shown, sheet]);
}
