import { plainText } from '../../cluster/plain-text.ts';

/** `a, b, c and 4 more`, made plain. */
export function listed(texts: readonly string[], most = 4): string {
  const shown = texts.slice(0, most).map(text => plainText(text, 100));
  const rest = texts.length - shown.length;
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ');
}
