import { join } from 'node:path';
import { AppError } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { contentOf, errorCode, readHosts } from './read.ts';
import { syncFolder } from './replace.ts';
import { digestOf, writeText } from './text.ts';

/** A saved hosts file. `id` is the start of its bytes' sha256: what `restore` takes. */
export interface Backup {
  readonly id: string;
  /** When it was taken, ISO 8601; the original is from before this program's first write. */
  readonly time: string;
  readonly original: boolean;
  readonly bytes: number;
}

/** A file as it is before it is overwritten. */
interface Original {
  readonly text: string;
  /** The user's own lines. */
  readonly foreign: string;
  readonly mode: number;
}

const KEPT = 5;
const ID_LENGTH = 12;
const NAME = /^(original|backup)-([0-9]{8}T[0-9]{6}Z)-([0-9a-f]{12})-([0-9a-f]{12})\.hosts$/;

/**
 * Saves a file's bytes before they are overwritten: the very first time as the original, which stays for ever; later
 * only where the user's own lines (`foreign`) differ from the latest backup, of which the last five stay. Throws where
 * the backup cannot be written: then the write must not go on.
 */
export function backUp(folder: string, { text, foreign, mode }: Original, now: Date, fs: FileSystem): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  const names = backupNames(folder, fs);
  const mark = digestOf(foreign).slice(0, ID_LENGTH);
  if (names.length > 0 && NAME.exec(names.at(-1) ?? '')?.[4] === mark) return;
  const time = now.toISOString().replace(/[-:]|\.[0-9]+/g, '');
  const kind = names.length === 0 ? 'original' : 'backup';
  save(join(folder, `${kind}-${time}-${digestOf(text).slice(0, ID_LENGTH)}-${mark}.hosts`), text, mode, fs);
  syncFolder(folder, fs);
  const old = names.filter(name => name.startsWith('backup-'));
  for (const name of old.slice(0, Math.max(0, old.length + 1 - KEPT))) fs.rmSync(join(folder, name), { force: true });
}

/** All backups, the original first, then from the oldest to the newest; none where there is no folder. */
export function listBackups(folder: string, fs: FileSystem): readonly Backup[] {
  return namesForUser(folder, fs).map(name => {
    const [, kind = '', time = '', id = ''] = NAME.exec(name) ?? [];
    const bytes = fs.lstatSync(join(folder, name)).size;
    return { id, time: isoTime(time), original: kind === 'original', bytes };
  });
}

/** A backup by its id (or a start of it that fits one only), with its whole id; `undefined` where none fits or it was changed. */
export function readBackup(folder: string, id: string, fs: FileSystem): { id: string; text: string } | undefined {
  const fits = namesForUser(folder, fs).filter(name => id.length >= 4 && NAME.exec(name)?.[3]?.startsWith(id));
  const ids = new Set(fits.map(name => NAME.exec(name)?.[3]));
  const [name] = fits;
  if (name === undefined || ids.size > 1) return undefined;
  const file = contentOf(readHosts(join(folder, name), fs));
  const whole = file?.digest.slice(0, ID_LENGTH);
  return file && whole && ids.has(whole) ? { id: whole, text: file.text } : undefined;
}

/** Root's own umask may have shut the folder that all were to read. */
function namesForUser(folder: string, fs: FileSystem): readonly string[] {
  try {
    return backupNames(folder, fs);
  } catch (cause) {
    if (errorCode(cause) !== 'EACCES') throw cause;
    const hint = 'List them with its rights: sudo cluster-hosts backups.';
    throw new AppError('hosts-file', `Only root may list the backups in ${folder}.`, hint, { cause });
  }
}

/** In the order of their making: the original, then by time. */
function backupNames(folder: string, fs: FileSystem): string[] {
  const exists = fs.lstatSync(folder, { throwIfNoEntry: false }) !== undefined;
  const names = exists ? fs.readdirSync(folder).filter(name => NAME.test(name)) : [];
  return names.sort((a, b) => Number(b.startsWith('original')) - Number(a.startsWith('original')) || (a < b ? -1 : 1));
}

/** Under a name that is not a backup's first: half a backup must never pass for one. */
function save(file: string, text: string, mode: number, fs: FileSystem): void {
  const fd = fs.openSync(`${file}.new`, 'w', mode | 0o600);
  try {
    writeText(fd, text, fs);
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
  fs.renameSync(`${file}.new`, file);
}

function isoTime(time: string): string {
  return time.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z');
}
