import { type HostsText, type ParsedHosts, parseHosts } from './block.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { foreignNames } from './foreign.ts';
import { type HostsBytes, type Refusal, readHosts } from './read.ts';
import { HostsWriter, type WriteOutcome, type WriterPlaces } from './write.ts';

/** A hosts file that is looked at again and again: read only when it changed, parsed only when it was read. */
export class HostsFile {
  readonly path: string;
  readonly places: WriterPlaces;
  readonly #fs: FileSystem;
  #writer: HostsWriter;
  #read: { readonly stamp: string; readonly bytes: HostsBytes | Refusal } | undefined;
  #foreign: { readonly head: string; readonly tail: string; readonly names: ReadonlyMap<string, string> } | undefined;
  #parsed: { readonly text: string; readonly parsed: ParsedHosts } | undefined;

  constructor(path: string, places: WriterPlaces, fs: FileSystem = nodeFileSystem) {
    this.path = path;
    this.places = places;
    this.#fs = fs;
    this.#writer = new HostsWriter(path, places, fs);
  }

  read(): HostsBytes | Refusal {
    const stamp = this.#stamp();
    if (this.#read === undefined || this.#read.stamp !== stamp || stamp === '') {
      this.#read = { stamp, bytes: readHosts(this.path, this.#fs) };
    }
    return this.#read.bytes;
  }

  parse(text: string): ParsedHosts {
    if (this.#parsed?.text !== text) this.#parsed = { text, parsed: parseHosts(text) };
    return this.#parsed.parsed;
  }

  /** The names in foreign lines, each with its line; worked out again only where those lines changed. */
  foreignNames({ head, tail }: HostsText): ReadonlyMap<string, string> {
    if (this.#foreign?.head !== head || this.#foreign.tail !== tail) {
      this.#foreign = { head, tail, names: foreignNames(head, tail) };
    }
    return this.#foreign.names;
  }

  /** Writes a text; `before` is the digest of what it was made from, `hosts` its parsed form where that is known. */
  async write(before: string, text: string, hosts?: HostsText): Promise<WriteOutcome> {
    const outcome = await this.#writer.write(before, text);
    if (outcome.outcome === 'done' && hosts) this.#parsed = { text, parsed: { state: 'ok', hosts } };
    // After a write that found something else, no time stamp is believed.
    this.#read = undefined;
    this.read();
    return outcome;
  }

  /** There will be many writes; `settleDown` ends that. */
  expectWrites(): void {
    this.#writer = new HostsWriter(this.path, this.places, this.#fs, true);
  }

  settleDown(): void {
    this.#writer.close();
  }

  /** True if the file is another one than it was at the last read. */
  hasChanged(): boolean {
    const stamp = this.#stamp();
    return stamp === '' || stamp !== this.#read?.stamp;
  }

  /** Changes with every change of the file that the file system can tell; `''` where it tells nothing. */
  #stamp(): string {
    try {
      const stats = this.#fs.lstatSync(this.path, { bigint: true, throwIfNoEntry: false });
      if (stats === undefined) return '';
      return [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join();
    } catch {
      return '';
    }
  }
}
