import { createHash } from 'node:crypto';
import { constants, type Stats } from 'node:fs';
import type { FileSystem } from './file-system.ts';

/** A hosts file as read. A missing file is an empty one. */
export class HostsBytes {
  readonly state = 'ok';
  readonly exists: boolean;
  readonly bytes: Buffer;
  #text: string | undefined;
  #digest: string | undefined;

  /** `text` is what the bytes are as latin1, where that is known. */
  constructor(exists: boolean, bytes: Buffer, text?: string) {
    this.exists = exists;
    this.bytes = bytes;
    this.#text = text;
  }

  /** Each byte one character (latin1), so that any bytes go in and out unchanged. */
  get text(): string {
    this.#text ??= this.bytes.toString('latin1');
    return this.#text;
  }

  /** Of the bytes (sha256, hex); the handle by which a plan and a write speak of the same file. */
  get digest(): string {
    this.#digest ??= createHash('sha256').update(this.bytes).digest('hex');
    return this.#digest;
  }
}

/** Why a file is not touched at all; both are whole sentences. */
export interface Refusal {
  readonly state: 'refused';
  readonly reason: 'not-a-file' | 'symlink' | 'too-large' | 'not-text' | 'unreadable';
  readonly message: string;
  readonly hint: string;
}

/** Larger files are not hosts files; the system's resolvers get slow or fail long before. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/**
 * Reads a hosts file whole, or says why not. Never follows a symbolic link in the last place of the path, never waits
 * on a pipe, never takes a failed read for an empty file.
 */
export function readHosts(path: string, fs: FileSystem): HostsBytes | Refusal {
  try {
    const found = fs.lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return new HostsBytes(false, Buffer.alloc(0));
    const refusal = refuseKind(path, found);
    return refusal ?? readOpen(path, fs);
  } catch (error) {
    return unreadable(path, error);
  }
}

/** sha256 in hex of a latin1 text. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('hex');
}

/** The code of a system error, such as `EACCES`; `''` for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Reads an open regular file from start to end; a file that changes meanwhile shows up in its digest. */
export function readAll(fd: number, fs: FileSystem): Buffer {
  const size = fs.fstatSync(fd).size;
  const buffer = Buffer.alloc(Math.min(size, MAX_FILE_BYTES) + 1);
  let length = 0;
  while (length < buffer.length) {
    const count = fs.readSync(fd, buffer, length, buffer.length - length, length);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

const UTF16_MARKS = new Set(['fffe', 'feff']);

function readOpen(path: string, fs: FileSystem): HostsBytes | Refusal {
  const noFollow = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const fd = fs.openSync(path, constants.O_RDONLY | noFollow);
  try {
    const refusal = refuseKind(path, fs.fstatSync(fd));
    if (refusal !== undefined) return refusal;
    const bytes = readAll(fd, fs);
    if (bytes.length > MAX_FILE_BYTES) return tooLarge(path);
    if (bytes.includes(0) || UTF16_MARKS.has(bytes.subarray(0, 2).toString('hex'))) return notText(path);
    return new HostsBytes(true, bytes);
  } finally {
    fs.closeSync(fd);
  }
}

function refuseKind(path: string, stats: Stats): Refusal | undefined {
  if (stats.isSymbolicLink()) {
    const message = `${path} is a symbolic link, so something else makes this file.`;
    return {
      state: 'refused',
      reason: 'symlink',
      message,
      hint: 'Add the names where the file is made (NixOS: networking.hosts).',
    };
  }
  if (!stats.isFile()) {
    return { state: 'refused', reason: 'not-a-file', message: `${path} is not a file.`, hint: 'Name a plain file.' };
  }
  return stats.size > MAX_FILE_BYTES ? tooLarge(path) : undefined;
}

function tooLarge(path: string): Refusal {
  const message = `${path} is larger than ${MAX_FILE_BYTES / 1024 / 1024} MiB, which no resolver reads well.`;
  return {
    state: 'refused',
    reason: 'too-large',
    message,
    hint: 'Take lines out of it (block lists belong in a DNS server).',
  };
}

function notText(path: string): Refusal {
  const message = `${path} is not plain text (it has NUL bytes or is UTF-16).`;
  return {
    state: 'refused',
    reason: 'not-text',
    message,
    hint: 'Save it as UTF-8 without a byte-order mark, then try again.',
  };
}

function unreadable(path: string, error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : String(error);
  const message = `${path} cannot be read (${errorCode(error) || detail}).`;
  return { state: 'refused', reason: 'unreadable', message, hint: 'Check that you may read the file.' };
}
