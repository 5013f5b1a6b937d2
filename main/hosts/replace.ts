import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { errorCode, type HostsContent, readHosts } from './read.ts';
import type { Spare } from './spare.ts';
import { holdsText, writeText } from './text.ts';

/** What came of one way to write; `not-possible` asks for the other way. */
export type WayOutcome = 'written' | 'changed-meanwhile' | 'not-possible';

/** Errors by which a system says that this file cannot be replaced, though it may well be written in place. */
const CANNOT_REPLACE = new Set(['EBUSY', 'EXDEV', 'EROFS', 'EACCES', 'EPERM']);

/**
 * Replaces a file whole: a clone beside it gets the new content, is flushed, and takes its name. Readers see the old
 * file or the new one, and so does the next start after a kill or a power cut. Throws where something failed before the
 * rename; the clone is gone then.
 */
export function replaceFile(
  path: string,
  before: HostsContent,
  after: HostsContent,
  fs: FileSystem,
  spare: Spare,
): WayOutcome {
  let temp = spare.take(path, fs);
  try {
    if (temp === undefined) {
      // cp clones the locks of macOS, too, and a locked clone can be neither filled nor removed.
      if (before.exists) fs.closeSync(fs.openSync(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0)));
      temp = tempPath(path);
      // An empty file of our own first: nobody else's can be cloned onto.
      fs.closeSync(fs.openSync(temp, 'wx', 0o600));
      if (before.exists && !cloneMetadata(path, temp, fs)) return 'not-possible';
    }
    fill(temp, after.text, before.exists, fs);
    const now = readHosts(path, fs, before);
    // What is left between this look and the rename is microseconds; no system call compares and renames in one.
    if (now !== before && (before.exists || now.state !== 'ok' || now.exists)) return 'changed-meanwhile';
    spare.keep(path, tempPath(path), fs);
    fs.renameSync(temp, path);
    syncFolder(dirname(path), fs);
    spare.settle(path, fs);
    return 'written';
  } catch (error) {
    spare.drop(fs);
    if (before.exists && CANNOT_REPLACE.has(errorCode(error))) return 'not-possible';
    throw error;
  } finally {
    if (temp !== undefined) tryRemove(temp, fs);
  }
}

/** Removes clones that a killed write left behind. Only with the lock held: a clone of a live write looks the same. */
export function removeLeftovers(path: string, fs: FileSystem): void {
  const prefix = `.${basename(path)}.cluster-hosts-`;
  for (const name of fs.readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) tryRemove(join(dirname(path), name), fs);
  }
}

/** A clone too many does no harm, and the next writer tries again. */
function tryRemove(path: string, fs: FileSystem): void {
  try {
    fs.rmSync(path, { force: true });
  } catch {}
}

function tempPath(path: string): string {
  return join(dirname(path), `.${basename(path)}.cluster-hosts-${randomBytes(12).toString('hex')}`);
}

/** False where the clone would belong to somebody else than the file does: only root may give files away. */
function cloneMetadata(path: string, temp: string, fs: FileSystem): boolean {
  fs.cloneSync(path, temp);
  const from = fs.lstatSync(path);
  const to = fs.lstatSync(temp);
  return from.uid === to.uid && from.gid === to.gid && from.mode === to.mode;
}

function fill(temp: string, text: string, cloned: boolean, fs: FileSystem): void {
  const fd = fs.openSync(temp, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0));
  try {
    writeText(fd, text, fs);
    if (!cloned) fs.fchmodSync(fd, 0o644);
    fs.fsyncSync(fd);
    if (!holdsText(fd, text, fs)) throw new Error(`${temp} reads back otherwise than written.`);
  } finally {
    fs.closeSync(fd);
  }
}

/** Makes a rename survive a power cut. Windows has no such call, and needs none. */
export function syncFolder(path: string, fs: FileSystem): void {
  if (fs.platform === 'win32') return;
  const fd = fs.openSync(path, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}
