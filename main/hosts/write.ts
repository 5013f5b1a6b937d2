import { backUp } from './backup.ts';
import { parseHosts, withoutBlock } from './block.ts';
import type { FileSystem } from './file-system.ts';
import { recover, writeInPlace } from './in-place.ts';
import { withLock } from './lock.ts';
import { digestOf, errorCode, type HostsBytes, readHosts } from './read.ts';
import { removeLeftovers, replaceFile, type WayOutcome } from './replace.ts';

/** What came of a write. Whatever it is, the file holds the old text or the new one, whole. */
export type WriteOutcome =
  | { readonly outcome: 'done' | 'no-change' }
  | {
      readonly outcome: 'changed-meanwhile' | 'not-permitted' | 'failed';
      readonly message: string;
      readonly hint: string;
    };

/** A write as planned: the file's new text, and the digest of the file that the plan was made from. */
export interface WriteRequest {
  readonly path: string;
  readonly before: string;
  readonly text: string;
}

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
export async function writeHosts(
  request: WriteRequest,
  places: WriterPlaces,
  fs: FileSystem,
  now: Date = new Date(),
): Promise<WriteOutcome> {
  try {
    const outcome = await withLock(places.lock, fs, () => transact(request, places, fs, now));
    if (outcome !== undefined) return outcome;
    return failed(`Another program is writing ${request.path}.`, 'Wait a moment, then try again.');
  } catch (error) {
    return explain(request.path, error, isAsPlanned(request, fs) ? SAFE : TORN);
  }
}

function transact(request: WriteRequest, places: WriterPlaces, fs: FileSystem, now: Date): WriteOutcome {
  const { path, text } = request;
  cleanUp(path, places, fs, now);
  const before = readHosts(path, fs);
  if (before.state === 'refused') return failed(before.message, before.hint);
  if (before.digest === digestOf(text)) return { outcome: 'no-change' };
  if (before.digest !== request.before) return changed(path);
  if (before.exists) backUp(places.backups, before.text, foreignPart(before.text), now, fs);
  try {
    if (write(path, before, text, places, fs) === 'changed-meanwhile') return changed(path);
  } catch (error) {
    // What counts is the file, not the error: a failure after the rename is a success that could not be flushed.
    if (readsAs(path, text, fs)) return { outcome: 'done' };
    throw error;
  }
  return readsAs(path, text, fs) ? { outcome: 'done' } : changed(path);
}

function write(path: string, before: HostsBytes, text: string, places: WriterPlaces, fs: FileSystem): WayOutcome {
  // On Windows a replaced file loses its access list, and the resolver stops watching it.
  const way = fs.platform === 'win32' && before.exists ? 'not-possible' : replaceFile(path, before, text, fs);
  return way === 'not-possible' ? writeInPlace(path, before, text, places.journal, fs) : way;
}

/** After a kill: a clone beside the file, or a torn file with its journal. */
function cleanUp(path: string, places: WriterPlaces, fs: FileSystem, now: Date): void {
  removeLeftovers(path, fs);
  const overtaken = recover(path, places.journal, fs);
  if (overtaken !== undefined) backUp(places.backups, overtaken, foreignPart(overtaken), now, fs);
}

/** The user's own lines; all of it where the block is damaged, so that such a file is always backed up. */
function foreignPart(text: string): string {
  const parsed = parseHosts(text);
  return parsed.state === 'ok' && !parsed.hosts.block?.edited ? withoutBlock(parsed.hosts) : text;
}

function readsAs(path: string, text: string, fs: FileSystem): boolean {
  const now = readHosts(path, fs);
  return now.state === 'ok' && now.exists && now.text === text;
}

function changed(path: string): WriteOutcome {
  const message = `${path} was changed by another program meanwhile; nothing was written.`;
  return { outcome: 'changed-meanwhile', message, hint: 'Look at the changes again, then sync once more.' };
}

const SAFE = 'The file is as it was.';
const TORN = 'It may be half written; the next sync puts it back first.';

function isAsPlanned({ path, before }: WriteRequest, fs: FileSystem): boolean {
  const now = readHosts(path, fs);
  return now.state === 'ok' && now.digest === before;
}

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
