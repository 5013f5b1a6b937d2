declare module 'hostile' {
  /** The lines of a file: `[address, names]` for an entry; with `preserveFormatting` also all others, as text. */
  export function getFile(path: string, preserveFormatting: boolean): ([address: string, names: string] | string)[];
}
