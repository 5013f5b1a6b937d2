import { backUp } from './backup.ts';
import { parseHosts, withoutBlock } from './block.ts';
import type { FileSystem } from './file-system.ts';
import { recover, writeInPlace } from './in-place.ts';
import { withLock } from './lock.ts';
import { errorCode, HostsContent, readHosts } from './read.ts';
import { removeLeftovers, replaceFile, type WayOutcome } from './replace.ts';
import { Spare } from './spare.ts';

/** What came of a write. Whatever it is, the file holds the old text or the new one, whole. */
export type WriteOutcome =
  | { readonly outcome: 'done' | 'no-change' }
  | {
      readonly outcome: 'changed-meanwhile' | 'not-permitted' | 'failed';
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
  #last: HostsContent | undefined;
  #isTidy = false;

  /** `again` is for programs that go on writing; those must `close` it. */
  constructor(path: string, places: WriterPlaces, fs: FileSystem, again = false) {
    this.#path = path;
    this.#places = places;
    this.#fs = fs;
    this.#spare = new Spare(again);
  }

  /** Writes a text (latin1, each byte a character); `before` is the digest of the file that it was made from. */
  async write(before: string, text: string, now: Date = new Date()): Promise<WriteOutcome> {
    try {
      const outcome = await withLock(this.#places.lock, this.#fs, () => this.#transact(before, text, now));
      if (outcome !== undefined) return outcome;
      return failed(`Another program is writing ${this.#path}.`, 'Wait a moment, then try again.');
    } catch (error) {
      this.#isTidy = false;
      return explain(this.#path, error, this.#digestsTo(before) ? SAFE : TORN);
    }
  }

  /** What this writer wrote last; its foreign lines were backed up, and have not changed since. */
  get last(): HostsContent | undefined {
    return this.#last;
  }

  close(): void {
    this.#spare.drop(this.#fs);
  }

  #transact(planned: string, text: string, now: Date): WriteOutcome {
    this.#tidyUp(now);
    const before = readHosts(this.#path, this.#fs, this.#last);
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
    backUp(this.#places.backups, text, foreignPart(text), now, this.#fs);
  }

  #readsAs(after: HostsContent): boolean {
    return readHosts(this.#path, this.#fs, after) === after;
  }

  #digestsTo(digest: string): boolean {
    const now = readHosts(this.#path, this.#fs);
    return now.state === 'ok' && now.digest === digest;
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

function explain(path: string, error: unknown, state: string): WriteOutcome {
  const code = errorCode(error);
  const detail = error instanceof Error ? error.message : String(error);
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return notPermitted(`This user may not write ${path}. ${state}`, 'Run the command with the rights to write it.');
    case 'EROFS':
      return notPermitted(
        `${path} is on a read-only file system. ${state}`,
        'Add the names where this system makes the file, or name another one with --hosts-file.',
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return failed(`There is no space left to write ${path}. ${state}`, 'Make room on the disk, then try again.');
    default:
      return failed(`${path} could not be written (${detail}). ${state}`, 'Try again; if it stays so, check the disk.');
  }
}

function notPermitted(message: string, hint: string): WriteOutcome {
  return { outcome: 'not-permitted', message, hint };
}

function failed(message: string, hint: string): WriteOutcome {
  return { outcome: 'failed', message, hint };
}
