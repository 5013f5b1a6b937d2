import { useEffect } from 'react';
import type { Screen } from '../preload/contract.ts';
import { useAppState } from './use-app-state.ts';
import { useScreen } from './use-screen.ts';
import { useCheck, useSync } from './use-sync.ts';

const SECTIONS: readonly Screen[] = ['overview', 'hostnames', 'hosts-file', 'load-balancer', 'activity'];

interface Does {
  readonly go: (screen: Screen) => void;
  readonly check: () => unknown;
  readonly sync: () => unknown;
  readonly showList: () => void;
}

/** The keys that work on every screen. None of them while a dialog is open, and no single ones while something is typed. */
export function useShortcuts(showList: () => void): void {
  const { go } = useScreen();
  const check = useCheck();
  const sync = useSync();
  const isMac = useAppState(state => state.system.platform === 'darwin');
  const canSync = useAppState(state => state.hosts.changed && state.hosts.held === undefined);
  useEffect(() => {
    const does: Does = { go, check, sync: canSync ? sync : () => go('hosts-file'), showList };
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || document.querySelector('[role="dialog"]') !== null) return;
      const isCommand = isMac ? event.metaKey : event.ctrlKey;
      if (isCommand ? command(event.key, does) : single(event, does)) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [go, check, sync, showList, isMac, canSync]);
}

function command(key: string, { go, check, sync }: Does): boolean {
  const section = SECTIONS[Number(key) - 1];
  if (section !== undefined) go(section);
  else if (key === ',') go('settings');
  else if (key === 'f') search(go);
  else if (key === 'r') check();
  else if (key === 'Enter') sync();
  else return false;
  return true;
}

function single({ key, target, ctrlKey, metaKey }: KeyboardEvent, { go, showList }: Does): boolean {
  if (key === 'F6') moveOn();
  else if (ctrlKey || metaKey || isTyping(target)) return false;
  else if (key === '/') search(go);
  else if (key === '?') showList();
  else return false;
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

function search(go: (screen: Screen) => void): void {
  go('hostnames');
  // The field is there when the screen has been drawn, and the heading has had the focus.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main input[type="search"]')?.focus());
}

/** From the sidebar to the sheet, and back. */
function moveOn(): void {
  const isInside = document.activeElement?.closest('main') !== null;
  document.querySelector<HTMLElement>(isInside ? 'nav [aria-current="page"]' : 'main h1')?.focus();
}
