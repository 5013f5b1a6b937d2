import { constants, type Stats } from 'node:fs';
import type { FileSystem } from './file-system.ts';
import { digestOf, holdsText, readText } from './text.ts';

/** A hosts file as read; a missing file is an empty one. */
export class HostsContent {
  readonly state = 'ok';
  readonly exists: boolean;
  /** Each byte one character (latin1). */
  readonly text: string;
  #digest: string | undefined;

  constructor(exists: boolean, text: string) {
    this.exists = exists;
    this.text = text;
  }

  /** Of the bytes (sha256, hex); the handle by which a plan and a write speak of the same file. */
  get digest(): string {
    this.#digest ??= digestOf(this.text);
    return this.#digest;
  }
}

/** Why a file is not touched at all; both are whole sentences. */
export interface Refusal {
  readonly state: 'refused';
  readonly reason: 'not-a-file' | 'symlink' | 'too-large' | 'not-text' | 'unreadable';
  readonly message: string;
  readonly hint: string;
  /** What it holds, where nothing but that is refused: a backup may be put over it. */
  readonly content?: HostsContent;
}

/** The bytes of a file, also of one that is no text; `undefined` where they are not known. */
export function contentOf(found: HostsContent | Refusal): HostsContent | undefined {
  return found.state === 'ok' ? found : found.content;
}

/** Larger files are not hosts files; the system's resolvers get slow or fail long before. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/**
 * Reads a hosts file whole, or says why not. Never follows a symbolic link in the last place of the path, never waits
 * on a pipe, never takes a failed read for an empty file. Where the file holds what is `likely`, that is the answer.
 */
export function readHosts(path: string, fs: FileSystem, likely?: HostsContent): HostsContent | Refusal {
  try {
    const found = fs.lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) return new HostsContent(false, '');
    const refusal = refuseKind(path, found);
    return refusal ?? readOpen(path, fs, likely);
  } catch (error) {
    return unreadable(path, error);
  }
}

/** The code of a system error, such as `EACCES`; `''` for anything else. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const UTF16_MARKS = ['\xff\xfe', '\xfe\xff'];

function readOpen(path: string, fs: FileSystem, likely: HostsContent | undefined): HostsContent | Refusal {
  const noFollow = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const fd = fs.openSync(path, constants.O_RDONLY | noFollow);
  try {
    const refusal = refuseKind(path, fs.fstatSync(fd));
    if (refusal !== undefined) return refusal;
    if (likely?.exists && holdsText(fd, likely.text, fs)) return likely;
    const text = readText(fd, MAX_FILE_BYTES + 1, fs);
    if (text.length > MAX_FILE_BYTES) return tooLarge(path);
    if (text.includes('\0') || UTF16_MARKS.some(mark => text.startsWith(mark))) return notText(path, text);
    return new HostsContent(true, text);
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

function notText(path: string, text: string): Refusal {
  const message = `${path} is not plain text (it has NUL bytes or is UTF-16).`;
  return {
    state: 'refused',
    reason: 'not-text',
    message,
    hint: 'Save it as UTF-8 without a byte-order mark, or restore a backup (cluster-hosts backups).',
    content: new HostsContent(true, text),
  };
}

function unreadable(path: string, error: unknown): Refusal {
  const detail = error instanceof Error ? error.message : String(error);
  const message = `${path} cannot be read (${errorCode(error) || detail}).`;
  return { state: 'refused', reason: 'unreadable', message, hint: 'Check that you may read the file.' };
}
