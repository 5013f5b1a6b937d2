import { execFile } from 'node:child_process';

/** What a program came to; `end` says how it ended, for a sentence (`ended with code 1`). */
export interface Ended {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly end: string;
}

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** After so long it is ended, if it lets itself be, and is `silent`. */
  readonly patience: number;
}

/** Nobody leaves a password dialog open for longer and still means it. */
export const PATIENCE_MS = 5 * 60 * 1000;

/** A root's shell may be talkative. */
const MAX_OUTPUT = 16 * 1024 * 1024;

/** Runs a program that asks somebody for rights: without a shell, in a folder that is always there. */
export function runPatiently(file: string, args: readonly string[], options: RunOptions): Promise<Ended | 'silent'> {
  const { promise, resolve } = Promise.withResolvers<Ended | 'silent'>();
  const cwd = process.platform === 'win32' ? 'C:\\' : '/';
  const child = execFile(file, args, { cwd, env: options.env, maxBuffer: MAX_OUTPUT }, (error, stdout, stderr) => {
    clearTimeout(timer);
    const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
    const end = code === undefined ? `ended early (${error?.signal ?? error?.code})` : `ended with code ${code}`;
    resolve({ code, stdout, stderr, end });
  });
  const timer = setTimeout(() => {
    resolve('silent');
    // One that is root's by now goes on, and must not keep this process.
    child.kill();
    child.unref();
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, options.patience);
  return promise;
}
