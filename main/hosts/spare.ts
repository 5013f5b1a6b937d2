import type { FileSystem } from './file-system.ts';

/**
 * The file that was replaced last, kept beside the new one for the next write: it has the metadata already, so that
 * nothing has to be cloned, which is most of a write's time. Only for programs that write again and again, and only
 * as long as nobody touches the file meanwhile.
 */
export class Spare {
  readonly #wanted: boolean;
  #kept: { readonly path: string; readonly of: string } | undefined;
  #next: string | undefined;

  constructor(wanted: boolean) {
    this.#wanted = wanted;
  }

  /** The clone that was kept, if it is still one of this file; it belongs to the caller then. */
  take(path: string, fs: FileSystem): string | undefined {
    const kept = this.#kept;
    this.#kept = undefined;
    if (kept === undefined) return undefined;
    const spare = fs.lstatSync(kept.path, { throwIfNoEntry: false });
    if (spare?.isFile() && spare.nlink === 1 && kept.of === stampOf(path, fs)) return kept.path;
    fs.rmSync(kept.path, { force: true });
    return undefined;
  }

  /** Gives the file that is about to be replaced a second name. Where that cannot be, there is no spare. */
  keep(path: string, name: string, fs: FileSystem): void {
    this.#next = undefined;
    if (!this.#wanted) return;
    try {
      fs.linkSync(path, name);
      this.#next = name;
    } catch {}
  }

  /** The file was replaced: what has the second name is the spare of the new file. */
  settle(path: string, fs: FileSystem): void {
    if (this.#next !== undefined) this.#kept = { path: this.#next, of: stampOf(path, fs) };
    this.#next = undefined;
  }

  /** Removes it. */
  drop(fs: FileSystem): void {
    for (const path of [this.#kept?.path, this.#next]) if (path !== undefined) fs.rmSync(path, { force: true });
    this.#kept = undefined;
    this.#next = undefined;
  }
}

/** Changes whenever somebody changes the file's content, owner, mode or attributes. */
function stampOf(path: string, fs: FileSystem): string {
  const stats = fs.lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? '' : [stats.dev, stats.ino, stats.ctimeNs].join();
}
