import { constants } from 'node:fs';
import { backUp } from './backup.ts';
import { parseHosts, withoutBlock } from './block.ts';
import type { FileSystem } from './file-system.ts';
import { recover, writeInPlace } from './in-place.ts';
import { RETRY_WAITS_MS, whileInUse } from './in-use.ts';
import { ifUnlocked, withLock } from './lock.ts';
import { contentOf, HostsContent, type Refusal, readHosts } from './read.ts';
import { removeLeftovers, replaceFile, type WayOutcome } from './replace.ts';
import { Spare } from './spare.ts';
import { explainFailure, failed } from './write-failure.ts';

/**
 * What came of a write. Whatever it is, the file holds the old text or the new one, whole. `declined` is a write with
 * more rights that the user did not give.
 */
export type WriteOutcome =
  | { readonly outcome: 'done' | 'no-change' }
  | {
      readonly outcome: 'changed-meanwhile' | 'declined' | 'not-permitted' | 'failed';
      readonly message: string;
      readonly hint: string;
    };

/** Where a writer keeps what it needs beside the file: the folders may be missing, and belong to this user. */
export interface WriterPlaces {
  readonly backups: string;
  readonly journal: string;
  readonly lock: string;
}

/**
 * The one writer of this program, elevated or not. Waits for other writers, undoes what a killed one left, and goes on
 * only from the file that the plan was made from: backs it up, replaces it whole (in place where it cannot be
 * replaced), reads it back.
 */
export class HostsWriter {
  readonly #path: string;
  readonly #places: WriterPlaces;
  readonly #fs: FileSystem;
  readonly #spare: Spare;
  readonly #waits: readonly number[];
  #last: HostsContent | undefined;
  #isTidy = false;

  /** `again` is for programs that go on writing; those must `close` it. `waits` are for a file that is in use. */
  constructor(path: string, places: WriterPlaces, fs: FileSystem, again = false, waits = RETRY_WAITS_MS) {
    this.#path = path;
    this.#places = places;
    this.#fs = fs;
    this.#spare = new Spare(again);
    // Windows lets a program keep all others from a file: virus scanners do, and for moments its own resolver.
    this.#waits = fs.platform === 'win32' ? waits : [];
  }

  /** Writes a text (latin1, each byte a character); `before` is the digest of the file that it was made from. */
  async write(before: string, text: string, now: Date = new Date()): Promise<WriteOutcome> {
    try {
      const { lock } = this.#places;
      const outcome = await whileInUse(this.#waits, isAgain =>
        withLock(lock, this.#fs, () => this.#transact(before, text, now, isAgain)),
      );
      if (outcome !== undefined) return outcome;
      return failed(`Another program is writing ${this.#path}.`, 'Wait a moment, then try again.');
    } catch (error) {
      const state = this.#digestsTo(before) ? SAFE : TORN;
      return explainFailure(this.#path, error, state, this.#fs.platform);
    }
  }

  /** Undoes at once what a killed writer left half written; what cannot be undone now is left to the next write. */
  undoKilled(now: Date = new Date()): void {
    const { journal, lock } = this.#places;
    try {
      if (this.#fs.lstatSync(journal, { throwIfNoEntry: false }) === undefined) return;
      this.#isTidy = false;
      ifUnlocked(lock, this.#fs, () => this.#tidyUp(now));
    } catch {}
  }

  /** What this writer wrote last; its foreign lines were backed up, and have not changed since. */
  get last(): HostsContent | undefined {
    return this.#last;
  }

  close(): void {
    this.#spare.drop(this.#fs);
  }

  #transact(planned: string, text: string, now: Date, isAgain: boolean): WriteOutcome {
    this.#tidyUp(now);
    try {
      const outcome = this.#replaceText(planned, text, now);
      // The try before may have written it, without being able to read it back.
      return isAgain && outcome.outcome === 'no-change' ? { outcome: 'done' } : outcome;
    } catch (error) {
      this.#isTidy = false;
      throw error;
    }
  }

  #replaceText(planned: string, text: string, now: Date): WriteOutcome {
    const found = this.#read(this.#last);
    const before = found.state === 'refused' && found.content?.digest === planned ? found.content : found;
    if (before.state === 'refused') return failed(before.message, before.hint);
    const after = new HostsContent(true, text);
    if (before.text === text) return { outcome: 'no-change' };
    if (before.digest !== planned) return changed(this.#path);
    if (before.exists && before !== this.#last) this.#backUp(before.text, now);
    this.#last = undefined;
    try {
      if (this.#replace(before, after) === 'changed-meanwhile') return changed(this.#path);
    } catch (error) {
      // What counts is the file, not the error: a failure after the rename is a success that could not be flushed.
      if (this.#readsAs(after)) return { outcome: 'done' };
      throw error;
    }
    if (!this.#readsAs(after)) return changed(this.#path);
    this.#last = after;
    return { outcome: 'done' };
  }

  #replace(before: HostsContent, after: HostsContent): WayOutcome {
    // On Windows a replaced file loses its access list, and the resolver stops watching it.
    const inPlace = this.#fs.platform === 'win32' && before.exists;
    const way = inPlace ? 'not-possible' : replaceFile(this.#path, before, after, this.#fs, this.#spare);
    if (way !== 'not-possible') return way;
    return writeInPlace(this.#path, before, after, this.#places.journal, this.#fs);
  }

  /** Before the first write, and after one that failed: what a kill left behind is a clone beside the file, or a torn file with its journal. */
  #tidyUp(now: Date): void {
    if (this.#isTidy) return;
    removeLeftovers(this.#path, this.#fs);
    const overtaken = recover(this.#path, this.#places.journal, this.#fs);
    if (overtaken !== undefined) this.#backUp(overtaken, now);
    this.#isTidy = true;
  }

  #backUp(text: string, now: Date): void {
    // Whoever may read the file may read its backups, and nobody else.
    const mode = (this.#fs.lstatSync(this.#path, { throwIfNoEntry: false })?.mode ?? 0o600) & 0o644;
    backUp(this.#places.backups, { text, foreign: foreignPart(text), mode }, now, this.#fs);
  }

  #readsAs(after: HostsContent): boolean {
    return this.#read(after) === after;
  }

  /** On Windows a file that is in use throws, to be tried again. */
  #read(likely: HostsContent | undefined): HostsContent | Refusal {
    const found = readHosts(this.#path, this.#fs, likely);
    if (this.#fs.platform !== 'win32' || found.state === 'ok' || found.reason !== 'unreadable') return found;
    this.#fs.closeSync(this.#fs.openSync(this.#path, constants.O_RDONLY));
    return readHosts(this.#path, this.#fs, likely);
  }

  #digestsTo(digest: string): boolean {
    return contentOf(readHosts(this.#path, this.#fs))?.digest === digest;
  }
}

/** The user's own lines; all of it where the block is damaged, so that such a file is always backed up. */
function foreignPart(text: string): string {
  const parsed = parseHosts(text);
  return parsed.state === 'ok' && !parsed.hosts.block?.edited ? withoutBlock(parsed.hosts) : text;
}

function changed(path: string): WriteOutcome {
  const message = `${path} was changed by another program meanwhile; nothing was written.`;
  return { outcome: 'changed-meanwhile', message, hint: 'Look at the changes again, then sync once more.' };
}

const SAFE = 'The file is as it was.';
const TORN = 'It may be half written; the next sync puts it back first.';
