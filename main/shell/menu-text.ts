import type { Platform } from '../../preload/words/tray.ts';
import { plainText } from '../cluster/plain-text.ts';

/** What fits into a menu without making it wide. */
export const MAX_LABEL = 48;

/** Text from the cluster or a kubeconfig for a menu, a tooltip or a notification; never empty. */
export function shownText(text: string, max: number): string {
  return shorten(plainText(text, 1_000), max) || '?';
}

/** Cut in the middle: names of one place begin alike, and contexts of one provider end alike. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  const characters = [...text];
  const half = Math.floor((max - 1) / 2);
  return `${take(characters, max - 1 - half)}…${take(characters.reverse(), half, true)}`;
}

/** Windows and Linux take a single ampersand for a keyboard shortcut. */
export function escapeMnemonic(label: string, platform: Platform): string {
  return platform === 'darwin' ? label : label.replaceAll('&', '&&');
}

/** Counted as the systems do, in UTF-16; no character is cut into halves. */
function take(characters: readonly string[], max: number, backwards = false): string {
  let taken = '';
  for (const character of characters) {
    if (taken.length + character.length > max) break;
    taken = backwards ? character + taken : taken + character;
  }
  return taken;
}
