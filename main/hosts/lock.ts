import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { FileSystem } from './file-system.ts';
import { errorCode } from './read.ts';

/** How long to wait for another writer; a write takes milliseconds. */
const PATIENCE_MS = 5_000;

/** Where a process number cannot be told from its reuse, no lock is believed for longer. */
const MAX_AGE_MS = 60_000;

/** The locks of this process: one with its number that is not in here is of an earlier failure. */
const held = new Set<string>();

/**
 * Runs a synchronous write while holding the lock file, and gives `undefined` when another live process kept it. It
 * serialises this program's own processes; against all others the writer compares digests. A lock is stale when its
 * process is gone, or when another process has its number now (told apart by the start time, where /proc has it).
 */
export async function withLock<T>(path: string, fs: FileSystem, write: () => T): Promise<T | undefined> {
  const until = performance.now() + PATIENCE_MS;
  while (!acquire(path, fs)) {
    if (performance.now() > until) return undefined;
    await delay(20);
  }
  return holding(path, fs, write);
}

/** As {@link withLock}, but does nothing where another process has the lock now. */
export function ifUnlocked(path: string, fs: FileSystem, write: () => void): void {
  // The first try removes a stale one.
  if (acquire(path, fs) || acquire(path, fs)) holding(path, fs, write);
}

function holding<T>(path: string, fs: FileSystem, write: () => T): T {
  held.add(path);
  try {
    return write();
  } finally {
    held.delete(path);
    release(path, fs);
  }
}

function acquire(path: string, fs: FileSystem): boolean {
  try {
    create(path, fs);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    dropIfStale(path, fs);
    return false;
  }
}

/** Signed first, then linked: a lock is never seen without its owner, and a link is never made over another. */
function create(path: string, fs: FileSystem): void {
  const signed = `${path}.${process.pid}`;
  fs.mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    fs.writeFileSync(signed, `${process.pid} ${startTime(process.pid, fs)}`, { mode: 0o600 });
    fs.linkSync(signed, path);
  } finally {
    fs.rmSync(signed, { force: true });
  }
}

/** What was written stays written: a lock that cannot be removed is stale to the next writer. */
function release(path: string, fs: FileSystem): void {
  try {
    fs.rmSync(path, { force: true });
  } catch {}
}

/** Renames before it deletes: of two processes that see the same stale lock only one gets it. */
function dropIfStale(path: string, fs: FileSystem): void {
  const owner = readOwner(path, fs);
  if (owner === undefined || isAlive(owner, path, fs)) return;
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    fs.renameSync(path, aside);
    // Between reading and renaming a new owner may have come; then it gets its lock back.
    if (readOwner(aside, fs) === owner) fs.rmSync(aside, { force: true });
    else fs.renameSync(aside, path);
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
  }
}

/** `undefined` where the lock is gone. */
function readOwner(path: string, fs: FileSystem): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function ageOf(path: string, fs: FileSystem): number {
  const stats = fs.lstatSync(path, { throwIfNoEntry: false });
  return stats === undefined ? 0 : Date.now() - stats.mtimeMs;
}

function isAlive(owner: string, path: string, fs: FileSystem): boolean {
  const [pid = '', started = ''] = owner.split(' ');
  if (!/^[1-9][0-9]{0,9}$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    if (errorCode(error) === 'ESRCH') return false;
  }
  if (Number(pid) === process.pid) return held.has(path);
  return started === '' ? ageOf(path, fs) < MAX_AGE_MS : startTime(Number(pid), fs) === started;
}

/** Field 22 of /proc/PID/stat, in clock ticks since boot; `''` where there is no /proc. */
function startTime(pid: number, fs: FileSystem): string {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}
