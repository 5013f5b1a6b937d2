declare module 'hostile' {
  const hostile: {
    /** The file that `set` writes. */
    HOSTS: string;
    /** The lines of a file: `[address, names]` for an entry; with `preserveFormatting` also all others, as text. */
    getFile(path: string, preserveFormatting: boolean): ([address: string, names: string] | string)[];
    set(address: string, name: string): void;
  };
  export default hostile;
}
