/** The helper's program and its arguments before the token. */
export type Program = readonly [file: string, ...args: string[]];

/** Every shell on the way (sh and root's bash, twice parsed; cmd) reads these as themselves between quotes. */
const PLAIN: Readonly<Record<'posix' | 'windows', RegExp>> = {
  posix: /^[A-Za-z0-9/._=,:@+ -]+$/,
  windows: /^[A-Za-z0-9\\._=,:@+ ()~-]+$/,
};

/** True where none of the words has a character that a shell on the way could take for something else. */
export function arePlain(words: readonly string[], platform: NodeJS.Platform): boolean {
  return words.every(word => PLAIN[platform === 'win32' ? 'windows' : 'posix'].test(word));
}

/** One line of plain words (see `arePlain`) for the shells that sudo-prompt starts. cmd ends a program's name at `,` and `=`. */
export function quotePlain(words: readonly string[], platform: NodeJS.Platform): string {
  const quote = platform === 'win32' ? '"' : "'";
  return words.map(word => (/^[A-Za-z0-9/\\._:+-]+$/.test(word) ? word : `${quote}${word}${quote}`)).join(' ');
}

/**
 * One line for a person's own terminal, of any words: a POSIX shell, or PowerShell as an administrator. `electron`: the
 * program is Electron, which is to be Node.js; elsewhere than on Windows the words say so themselves.
 */
export function commandForHand(
  words: readonly string[],
  platform: NodeJS.Platform,
  electron = process.versions.electron !== undefined,
): string {
  if (platform !== 'win32') return `sudo ${words.map(quotePosix).join(' ')}`;
  return `${electron ? "$env:ELECTRON_RUN_AS_NODE = '1'; " : ''}& ${words.map(quotePowerShell).join(' ')}`;
}

function quotePosix(word: string): string {
  return /^[A-Za-z0-9/._=,:@+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** To PowerShell the typographic quotes are quotes, too; two of them stand for one. */
function quotePowerShell(word: string): string {
  return `'${word.replaceAll(/['\u2018-\u201b]/g, '$&$&')}'`;
}
