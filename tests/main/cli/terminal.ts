import { PassThrough } from 'node:stream';
import { run } from '../../../main/cli/main.ts';

/** What a command line came to. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command line that is running: what it has said so far, and Ctrl-C. */
export interface Running {
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly done: Promise<Ran>;
  interrupt(): void;
}

/** Where a test runs its commands. */
export interface Place {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Typed at the first question; without it there is no terminal. */
  readonly typed?: string;
}

/** Starts a command line on streams of its own. */
export function start(argv: readonly string[], { env, typed }: Place): Running {
  const interrupted = new AbortController();
  const isTTY = typed !== undefined;
  const [stdout, stderr] = [collector(isTTY), collector(isTTY)];
  const stdin = Object.assign(new PassThrough(), { isTTY });
  if (typed !== undefined)
    stderr.stream.on('data', (text: Buffer) => text.includes('[y/N]') && stdin.write(`${typed}\n`));
  const io = { stdout: stdout.stream, stderr: stderr.stream, stdin, env, interrupted: interrupted.signal };
  const done = run(argv, io).then(code => ({ code, stdout: stdout.text(), stderr: stderr.text() }));
  return { stdout: stdout.text, stderr: stderr.text, done, interrupt: () => interrupted.abort() };
}

/** Runs a command line to its end. */
export function runCommand(argv: readonly string[], place: Place): Promise<Ran> {
  return start(argv, place).done;
}

function collector(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY });
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return { stream, text: () => text };
}
