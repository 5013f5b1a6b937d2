import { type ChildProcess, execFile, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** A program to run, without a shell. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/** `killDelayMs`: how long a program that was told to end may take before it is killed. */
export interface ProgramLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly killDelayMs: number;
  readonly signal?: AbortSignal | undefined;
}

type Ending = 'exited' | 'timed-out' | 'too-much-output' | 'aborted';

export type ProgramResult =
  | { readonly kind: 'not-started'; readonly error: Error }
  /** `status` is the exit code, or the signal's name. Output is what came until the end. */
  | { readonly kind: Ending; readonly status: number | string; readonly stdout: string; readonly stderr: string };

/**
 * Runs a program without input to its end, and never longer or louder than the limits: beyond them, or when the signal
 * fires, it is told to end, together with everything it started, and soon after killed. Does not throw.
 */
export async function runProgram(program: Program, limits: ProgramLimits): Promise<ProgramResult> {
  if (limits.signal?.aborted) return { kind: 'aborted', status: 'not started', stdout: '', stderr: '' };
  try {
    return await supervise(start(program), limits);
  } catch (error) {
    return { kind: 'not-started', error: error instanceof Error ? error : new Error(String(error)) };
  }
}

function start({ file, args, env, cwd }: Program) {
  // A process group of its own, so that the program's children end with it; on Windows it would open a window.
  const detached = process.platform !== 'win32';
  return spawn(file, args, { env: { ...env }, cwd, detached, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

function supervise(child: ReturnType<typeof start>, limits: ProgramLimits): Promise<ProgramResult> {
  const { promise, resolve, reject } = Promise.withResolvers<ProgramResult>();
  let kind: Ending = 'exited';
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (reason: Ending) => {
    if (killTimer !== undefined) return;
    kind = reason;
    killGroup(child, 'SIGTERM');
    killTimer = setTimeout(() => {
      killGroup(child, 'SIGKILL');
      // A grandchild that left the group may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
    }, limits.killDelayMs);
  };
  const timer = setTimeout(() => stop('timed-out'), limits.timeoutMs);
  const abort = () => stop('aborted');
  limits.signal?.addEventListener('abort', abort);
  const stdout = collect(child.stdout, limits.maxBytes, () => stop('too-much-output'));
  const stderr = collect(child.stderr, limits.maxBytes, () => stop('too-much-output'));
  child.on('error', reject);
  child.on('close', (code, signal) => {
    resolve({ kind, status: code ?? signal ?? 'unknown', stdout: stdout(), stderr: stderr() });
  });
  return promise.finally(() => {
    // Its children may outlive it, even if it went when told to.
    if (killTimer !== undefined) killGroup(child, 'SIGKILL');
    clearTimeout(timer);
    clearTimeout(killTimer);
    limits.signal?.removeEventListener('abort', abort);
  });
}

/** Keeps what a stream says up to a limit; the returned function gives it as text. */
function collect(stream: Readable, maxBytes: number, onExcess: () => void): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes) onExcess();
    else chunks.push(chunk);
  });
  return () => Buffer.concat(chunks).toString();
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    execFile('C:\\Windows\\System32\\taskkill.exe', ['/pid', String(child.pid), '/t', '/f'], () => {});
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
