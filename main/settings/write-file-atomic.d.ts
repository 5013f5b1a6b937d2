declare module 'write-file-atomic' {
  /** Writes a file beside it, and gives that one its name once it is on the disk. */
  export default function writeFileAtomic(
    path: string,
    text: string,
    options: { readonly mode: number },
  ): Promise<void>;
}
