import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import type { FileSystem } from '../file-system.ts';
import { errorCode } from '../read.ts';

/** 20,000 entries with long names and origins. */
export const MAX_PLAN_BYTES = 16 * 1024 * 1024;

/** The text of a plan, or why it is not read, as a sentence. */
export type OpenedPlan =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/**
 * Reads a plan that somebody without rights wrote, once, through one descriptor: never through a link, never from a
 * pipe or a device, never one that has a second name, is not the asking user's (where we know who asks), or has other
 * bytes than the digest says.
 */
export function openPlan(path: string, digest: string, owner: number | undefined, fs: FileSystem): OpenedPlan {
  let fd: number;
  try {
    // A look before it is opened: opening a device can do something already, and Windows would follow a link.
    const problem = problemOf(fs.lstatSync(path), owner);
    if (problem !== undefined) return refuse(problem);
    fd = fs.openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return refuse(`cannot be opened (${errorCode(error)})`);
  }
  try {
    const problem = problemOf(fs.fstatSync(fd), owner);
    if (problem !== undefined) return refuse(problem);
    const bytes = readUpTo(fd, MAX_PLAN_BYTES + 1, fs);
    if (bytes.length > MAX_PLAN_BYTES) return refuse(TOO_LARGE);
    if (createHash('sha256').update(bytes).digest('hex') !== digest) return refuse('is not the one that was approved');
    return { ok: true, text: bytes.toString('latin1') };
  } catch (error) {
    return refuse(`cannot be read (${errorCode(error)})`);
  } finally {
    fs.closeSync(fd);
  }
}

const TOO_LARGE = 'is too large';

function problemOf(stats: Stats, owner: number | undefined): string | undefined {
  if (!stats.isFile()) return 'is not a file';
  if (stats.nlink !== 1) return 'has another name as well, or none';
  if (owner !== undefined && stats.uid !== owner) return 'belongs to another user than the one who asks';
  return stats.size > MAX_PLAN_BYTES ? TOO_LARGE : undefined;
}

function readUpTo(fd: number, most: number, fs: FileSystem): Buffer {
  const buffer = Buffer.alloc(Math.min(most, fs.fstatSync(fd).size + 1));
  let length = 0;
  while (length < buffer.length) {
    const count = fs.readSync(fd, buffer, length, buffer.length - length, length);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

function refuse(problem: string): OpenedPlan {
  return { ok: false, message: `The plan ${problem}.` };
}
