import { type SpawnSyncOptionsWithStringEncoding, spawnSync } from 'node:child_process';
import fs from 'node:fs';

/**
 * The file-system calls that reading and writing the hosts file make, named as in node:fs. All are synchronous: a
 * write is one step of the event loop, which no signal handler and no other pass can get into.
 */
export interface FileSystem
  extends Pick<
    typeof fs,
    | 'closeSync'
    | 'fchmodSync'
    | 'fstatSync'
    | 'fsyncSync'
    | 'ftruncateSync'
    | 'linkSync'
    | 'lstatSync'
    | 'mkdirSync'
    | 'openSync'
    | 'readdirSync'
    | 'renameSync'
    | 'rmSync'
    | 'readFileSync'
    | 'writeFileSync'
  > {
  readonly platform: NodeJS.Platform;
  readSync(fd: number, buffer: Buffer, offset: number, length: number, position: number): number;
  writeSync(fd: number, buffer: Buffer, offset: number, length: number, position: number): number;
  /** Copies owner, mode, ACL, extended attributes and SELinux label onto a file that is there; maybe the content, too. */
  cloneSync(from: string, to: string): void;
}

/** The real one. */
export const nodeFileSystem: FileSystem = { ...fs, platform: process.platform, cloneSync };

/**
 * By the system's own `cp`: node:fs has no way to read extended attributes. GNU's can copy the attributes alone; the
 * others copy the content with them. In a process group of its own, so that Ctrl-C in the terminal does not reach it.
 */
function cloneSync(from: string, to: string): void {
  const ways = process.platform === 'darwin' ? [['-p']] : [['--attributes-only', '--preserve=all'], ['-p']];
  let problem = '';
  for (const flags of ways) {
    const { status, stderr, error } = spawnSync('/bin/cp', [...flags, '--', from, to], CP);
    if (status === 0) return;
    problem = error?.message ?? stderr;
  }
  throw Object.assign(new Error(`cp: ${problem.trim()}`), { code: codeIn(problem) });
}

/** `detached` is a process group of its own; spawnSync takes it, though its types do not say so. */
const CP: SpawnSyncOptionsWithStringEncoding & { detached: true } = {
  detached: true,
  encoding: 'utf8',
  env: { LC_ALL: 'C' },
  stdio: ['ignore', 'ignore', 'pipe'],
};

/** cp tells its errno only as text (in the C locale). */
function codeIn(message: string): string {
  if (message.includes('No space left')) return 'ENOSPC';
  if (message.includes('Read-only file system')) return 'EROFS';
  if (message.includes('Permission denied')) return 'EACCES';
  if (message.includes('Operation not permitted')) return 'EPERM';
  return 'EIO';
}
