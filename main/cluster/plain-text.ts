import { stripVTControlCharacters } from 'node:util';

/**
 * Text from outside (a program's stderr, a server's answer, a hint in a kubeconfig) as one line that is safe to show:
 * without escape sequences, control and direction characters, and cut after `max` characters.
 */
export function plainText(text: string, max = 300): string {
  const line = stripVTControlCharacters(text.slice(0, max * 4))
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
  const characters = [...line];
  return characters.length > max ? `${characters.slice(0, max).join('')}…` : line;
}

/**
 * The end of a sentence with what somebody outside said about it: `: no space left.`, or just `.` if that was nothing.
 */
export function saying(text: string, max?: number): string {
  const said = plainText(text, max).replace(/\.$/, '');
  return said === '' ? '.' : `: ${said}.`;
}
