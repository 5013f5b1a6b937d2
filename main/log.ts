import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { redact } from './redact.ts';

type Level = 'info' | 'warn' | 'error';

/** Of the file that is written to; the one before it is kept as well. */
const MAX_BYTES = 1_000_000;
const MAX_ENTRY = 8_000;

/**
 * The log of the app: what happened, for whoever looks for a fault, without secrets. Only this user may read it. A full
 * disk stops nothing: what cannot be written is lost.
 */
export class Log {
  readonly file: string;
  readonly #maxBytes: number;
  #bytes: number | undefined;

  constructor(file: string, maxBytes = MAX_BYTES) {
    this.file = file;
    this.#maxBytes = maxBytes;
  }

  info(message: string): void {
    this.#write('info', message);
  }

  warn(message: string, cause?: unknown): void {
    this.#write('warn', message, cause);
  }

  error(message: string, cause?: unknown): void {
    this.#write('error', message, cause);
  }

  #write(level: Level, message: string, cause?: unknown): void {
    const text = cause === undefined ? message : `${message}\n${describe(cause)}`;
    const line = `${new Date().toISOString()} ${level.padEnd(5)} ${tidy(text)}\n`;
    try {
      this.#makeRoom(Buffer.byteLength(line));
      appendFileSync(this.file, line, { mode: 0o600 });
    } catch {
      this.#bytes = undefined;
    }
  }

  #makeRoom(bytes: number): void {
    if (this.#bytes === undefined) {
      mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
      this.#bytes = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
    }
    if (this.#bytes > 0 && this.#bytes + bytes > this.#maxBytes) {
      renameSync(this.file, `${this.file}.1`);
      this.#bytes = 0;
    }
    this.#bytes += bytes;
  }
}

/** With its causes, which are what an error is mostly about. */
function describe(cause: unknown, depth = 0): string {
  if (!(cause instanceof Error)) return String(cause);
  const inner = cause.cause === undefined || depth === 3 ? '' : `\n${describe(cause.cause, depth + 1)}`;
  return `${cause.stack ?? cause.message}${inner}`;
}

/** Lines after the first are indented, so that no text from outside looks like an entry of ours. */
function tidy(text: string): string {
  const cut = text.length > MAX_ENTRY ? `${text.slice(0, MAX_ENTRY)}…` : text;
  return redact(stripVTControlCharacters(cut))
    .replace(/\r?\n/g, '\n    ')
    .replace(/(?!\n)\p{C}/gu, '\ufffd');
}
