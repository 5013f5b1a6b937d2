import { type HostsText, type ParsedHosts, parseHosts } from './block.ts';
import type { Change, ElevatedWriter } from './elevation/elevated-writer.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { foreignNames } from './foreign.ts';
import { HostsContent, type Refusal, readHosts } from './read.ts';
import type { Section } from './section.ts';
import { HostsWriter, type WriteOutcome, type WriterPlaces } from './write.ts';

/** Who empties a file and then fills it is done within this time, or takes it for each piece. */
const STILL_MS = 500;

/** A hosts file that is looked at again and again: read only when it changed, parsed only when it was read. */
export class HostsFile {
  readonly path: string;
  readonly places: WriterPlaces;
  readonly #elevated: ElevatedWriter | undefined;
  readonly #fs: FileSystem;
  #writer: HostsWriter;
  #read: { readonly stamp: string; readonly found: HostsContent | Refusal } | undefined;
  #still: { readonly stamp: string; readonly at: number } | undefined;
  #taken: { readonly key: readonly unknown[]; readonly names: ReadonlyMap<string, string> } | undefined;
  #parsed: { readonly text: string; readonly parsed: ParsedHosts } | undefined;

  /** `elevated` writes where this user may not; else this program does it itself. */
  constructor(path: string, places: WriterPlaces, elevated?: ElevatedWriter, fs: FileSystem = nodeFileSystem) {
    this.path = path;
    this.places = places;
    this.#elevated = elevated;
    this.#fs = fs;
    this.#writer = new HostsWriter(path, places, fs);
  }

  read(): HostsContent | Refusal {
    const isKnown = this.#read !== undefined && this.#read.stamp !== '' && this.#read.stamp === this.#stamp();
    if (isKnown && this.#read) return this.#read.found;
    // With more rights it is the helper that does so.
    if (this.#elevated === undefined) this.#writer.undoKilled();
    return this.#readAnew(this.#read?.found);
  }

  parse(text: string): ParsedHosts {
    if (this.#parsed?.text !== text) this.#parsed = { text, parsed: parseHosts(text) };
    return this.#parsed.parsed;
  }

  /**
   * The names that a cluster cannot have, each with the line that has it: foreign lines, and other clusters' sections.
   * The same map as long as those stay the same.
   */
  takenNames(hosts: HostsText, cluster: string): ReadonlyMap<string, string> {
    const others = [...(hosts.block?.sections ?? [])].filter(([name]) => name !== cluster);
    const key = [hosts.head, hosts.tail, ...others.flatMap(([name, { entries }]) => [name, entries])];
    if (key.length !== this.#taken?.key.length || key.some((part, at) => part !== this.#taken?.key[at])) {
      this.#taken = { key, names: new Map([...namesOfOthers(others), ...foreignNames(hosts.head, hosts.tail)]) };
    }
    return this.#taken.names;
  }

  /** True where a write asks somebody for administrator rights. */
  get asks(): boolean {
    return this.#elevated !== undefined;
  }

  /** Writes a change; `hosts` is its text in parsed form, where that is known. */
  async write(change: Change, hosts?: HostsText): Promise<WriteOutcome> {
    const { before, text } = change;
    const outcome = await (this.#elevated?.write(change) ?? this.#writer.write(before, text));
    if (outcome.outcome === 'done' && hosts) this.#parsed = { text, parsed: { state: 'ok', hosts } };
    const ours = this.#writer.last ?? new HostsContent(true, text);
    if (this.#readAnew(ours) === ours) this.#still = undefined;
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

  /**
   * How long to wait until somebody else's change has stood for a while, at a time of the caller's clock (all in ms):
   * what is being written is not read. 0 for a file that is as it was read or as it was written here.
   */
  unrest(now: number): number {
    const stamp = this.#stamp();
    this.#still ??= { stamp: this.#read?.stamp ?? stamp, at: now };
    if (stamp !== this.#still.stamp) this.#still = { stamp, at: now + STILL_MS };
    return Math.max(0, this.#still.at - now);
  }

  #readAnew(likely: HostsContent | Refusal | undefined): HostsContent | Refusal {
    const stamp = this.#stamp();
    const found = readHosts(this.path, this.#fs, likely?.state === 'ok' ? likely : undefined);
    this.#read = { stamp, found };
    return found;
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

function namesOfOthers(
  sections: readonly (readonly [name: string, section: Section])[],
): readonly (readonly [string, string])[] {
  return sections.flatMap(([name, { entries }]) =>
    entries.map(({ hostname, address }) => [hostname, `${address} ${hostname} (of cluster ${name})`] as const),
  );
}
