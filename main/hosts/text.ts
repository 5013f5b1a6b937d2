import { createHash } from 'node:crypto';
import type { FileSystem } from './file-system.ts';

/*
 * Files as texts of their bytes: each byte one character (latin1), so that any bytes go in and out unchanged. A file
 * goes through one small buffer piece by piece: a large one is looked at many times, and stays in memory once.
 */

const PIECE = Buffer.alloc(64 * 1024);
const OTHER = Buffer.alloc(PIECE.length);

/** The text of an open file from its start, up to `most` bytes of it. */
export function readText(fd: number, most: number, fs: FileSystem): string {
  let text = '';
  while (text.length < most) {
    const count = fs.readSync(fd, PIECE, 0, Math.min(PIECE.length, most - text.length), text.length);
    if (count === 0) break;
    text += PIECE.toString('latin1', 0, count);
  }
  return text;
}

/** True if an open file has this text and no more. */
export function holdsText(fd: number, text: string, fs: FileSystem): boolean {
  if (fs.fstatSync(fd).size !== text.length) return false;
  for (let at = 0; ; ) {
    const count = fs.readSync(fd, PIECE, 0, PIECE.length, at);
    if (count === 0) return at === text.length;
    if (at + count > text.length) return false;
    OTHER.write(text.slice(at, at + count), 'latin1');
    if (PIECE.compare(OTHER, 0, count, 0, count) !== 0) return false;
    at += count;
  }
}

/** Overwrites an open file from its start and cuts off what is left of a longer one. */
export function writeText(fd: number, text: string, fs: FileSystem): void {
  for (let at = 0; at < text.length; ) {
    const length = PIECE.write(text.slice(at, at + PIECE.length), 'latin1');
    const count = fs.writeSync(fd, PIECE, 0, length, at);
    if (count === 0) throw Object.assign(new Error('nothing was written'), { code: 'EIO' });
    at += count;
  }
  fs.ftruncateSync(fd, text.length);
}

/** sha256 in hex. */
export function digestOf(text: string): string {
  const hash = createHash('sha256');
  for (let at = 0; at < text.length; at += PIECE.length) {
    hash.update(PIECE.subarray(0, PIECE.write(text.slice(at, at + PIECE.length), 'latin1')));
  }
  return hash.digest('hex');
}
