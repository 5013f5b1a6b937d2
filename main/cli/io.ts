import { styleText } from 'node:util';
import type { AppError } from '../errors.ts';

/** Where a command reads and writes: the process's own streams, or a test's. */
export interface Io {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C and by a request to end. */
  readonly interrupted: AbortSignal;
}

type Style = 'bold' | 'dim' | 'green' | 'yellow' | 'red' | 'cyan';

/** How a command answers: the answer on stdout, as text or as JSON, and everything else on stderr. */
export class Output {
  readonly json: boolean;
  readonly #io: Io;
  readonly #color: boolean;

  constructor(io: Io, options: { readonly json: boolean; readonly color: boolean }) {
    this.#io = io;
    this.json = options.json;
    this.#color = options.color && io.stdout.isTTY === true && !io.env.NO_COLOR && io.env.TERM !== 'dumb';
  }

  /** A line of the answer for people. */
  line(text = ''): void {
    this.#io.stdout.write(`${text}\n`);
  }

  /** Bytes of the answer, as they are. */
  bytes(bytes: Buffer): void {
    this.#io.stdout.write(bytes);
  }

  /** The answer as JSON: one value, or one a line. */
  value(value: unknown): void {
    this.#io.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Progress and remarks, which are not the answer. */
  note(text: string): void {
    this.#io.stderr.write(`${text}\n`);
  }

  /** What happened, and what to do. */
  error(error: AppError): void {
    if (this.json) this.value({ error: { code: error.code, message: error.message, hint: error.hint } });
    else this.note(`${error.message}\n${error.hint}`);
  }

  style(style: Style, text: string): string {
    return this.#color ? styleText(style, text, { validateStream: false }) : text;
  }
}
