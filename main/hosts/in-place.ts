import { constants } from 'node:fs';
import { dirname } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { contentOf, errorCode, type HostsContent, readHosts } from './read.ts';
import { syncFolder, type WayOutcome } from './replace.ts';
import { holdsText, writeText } from './text.ts';

/** What an interrupted write in place needs to be undone: both texts, whole (latin1, each byte a character). */
interface Journal {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/**
 * Overwrites a file where it cannot be replaced: a bind mount, Windows, a folder that is not ours. Not atomic, so both
 * texts go to a journal first; a failure puts the old text back at once, and `recover` does so after a kill. Throws
 * where something failed; the file is as before then, or the journal says how to get there.
 */
export function writeInPlace(
  path: string,
  before: HostsContent,
  after: HostsContent,
  journal: string,
  fs: FileSystem,
): WayOutcome {
  const fd = fs.openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    if (!holdsText(fd, before.text, fs)) return 'changed-meanwhile';
    saveJournal(journal, { path, before: before.text, after: after.text }, fs);
    // To flush it takes long enough for somebody else to write.
    if (!holdsText(fd, before.text, fs)) {
      fs.rmSync(journal, { force: true });
      return 'changed-meanwhile';
    }
    overwrite(fd, after.text, before.text, fs);
  } finally {
    fs.closeSync(fd);
  }
  fs.rmSync(journal, { force: true });
  return 'written';
}

/**
 * Undoes a write in place that was interrupted, and gives the old text where somebody else has written since (then
 * nothing is overwritten, and the text is worth a backup). Only with the lock held.
 */
export function recover(path: string, journal: string, fs: FileSystem): string | undefined {
  const { before, after } = loadJournal(journal, path, fs) ?? {};
  if (before === undefined || after === undefined) return undefined;
  const now = contentOf(readHosts(path, fs));
  if (!now?.exists) return undefined;
  const whole = now.text === before || now.text === after;
  const torn = !whole && isTorn(now.text, before, after);
  if (torn) putBack(path, before, fs);
  fs.rmSync(journal, { force: true });
  return whole || torn ? undefined : before;
}

function putBack(path: string, text: string, fs: FileSystem): void {
  const fd = fs.openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    writeText(fd, text, fs);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

function overwrite(fd: number, text: string, old: string, fs: FileSystem): void {
  try {
    writeText(fd, text, fs);
    fs.fsyncSync(fd);
  } catch (error) {
    writeText(fd, old, fs);
    fs.fsyncSync(fd);
    throw error;
  }
}

/**
 * True where each byte is of one text or the other, or was lost: pages reach the disk in any order, those that do not are
 * NUL after a power cut, and the end is cut last.
 */
function isTorn(now: string, before: string, after: string): boolean {
  if (now.length < Math.min(before.length, after.length) || now.length > Math.max(before.length, after.length))
    return false;
  for (let at = 0; at < now.length; at++) {
    if (now[at] !== before[at] && now[at] !== after[at] && now[at] !== '\0') return false;
  }
  return true;
}

function saveJournal(file: string, journal: Journal, fs: FileSystem): void {
  fs.mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fd = fs.openSync(file, 'w', 0o600);
  try {
    writeText(fd, Buffer.from(JSON.stringify(journal)).toString('latin1'), fs);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  syncFolder(dirname(file), fs);
}

/** `undefined` where there is none, it is of another file, or it was cut off itself (then nothing was written yet). */
function loadJournal(file: string, path: string, fs: FileSystem): Journal | undefined {
  try {
    const journal: unknown = JSON.parse(fs.readFileSync(file, 'utf8'));
    return isJournal(journal) && journal.path === path ? journal : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isJournal(value: unknown): value is Journal {
  if (typeof value !== 'object' || value === null) return false;
  const { path, before, after } = value as Partial<Record<keyof Journal, unknown>>;
  return typeof path === 'string' && typeof before === 'string' && typeof after === 'string';
}
