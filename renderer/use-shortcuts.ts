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
  const hasSingleKeys = useAppState(({ settings }) => settings.singleKeys);
  const canSync = useAppState(state => state.hosts.changed && state.hosts.held === undefined);
  useEffect(() => {
    const does: Does = { go, check, sync: canSync ? sync : () => go('hosts-file'), showList };
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || document.querySelector('[role="dialog"]') !== null) return;
      const isCommand = isMac ? event.metaKey : event.ctrlKey;
      const isHandled = isCommand ? command(event.key, does) : moves(event) || (hasSingleKeys && single(event, does));
      if (isHandled) event.preventDefault();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [go, check, sync, showList, isMac, canSync, hasSingleKeys]);
}

function command(key: string, { go, check, sync, showList }: Does): boolean {
  const section = SECTIONS[Number(key) - 1];
  if (section !== undefined) go(section);
  else if (key === ',') go('settings');
  else if (key === 'f') search(go);
  else if (key === '/') showList();
  else if (key === 'r') check();
  else if (key === 'Enter') sync();
  else return false;
  return true;
}

function single({ key, target, ctrlKey, metaKey }: KeyboardEvent, { go, showList }: Does): boolean {
  if (ctrlKey || metaKey || isTyping(target)) return false;
  if (key === '/') search(go);
  else if (key === '?') showList();
  else return false;
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input:not([type="checkbox"]), textarea, select, [contenteditable]')
  );
}

function search(go: (screen: Screen) => void): void {
  go('hostnames');
  // The field is there when the screen has been drawn, and the heading has had the focus.
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main input[type="search"]')?.focus());
}

/** From the sidebar to the sheet, and back. */
function moves({ key }: KeyboardEvent): boolean {
  if (key !== 'F6') return false;
  const isInside = document.activeElement?.closest('main') !== null;
  document.querySelector<HTMLElement>(isInside ? 'nav [aria-current="page"]' : 'main h1')?.focus();
  return true;
}
