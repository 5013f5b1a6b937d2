import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** What a program said; `code` is 128 and the signal's number when a signal ended it. */
export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** After this long the program is killed. */
  readonly timeoutMs?: number;
}

/** A started program; signals go to the program itself, not to what brought it where it runs. */
export class Running {
  readonly process: ChildProcess;
  /** The exit code, as a shell gives it. Never rejects. */
  readonly ended: Promise<number>;
  private readonly enters: boolean;

  constructor(process: ChildProcess, enters: boolean) {
    this.process = process;
    this.enters = enters;
    this.ended = new Promise(resolve => {
      process.once('error', () => resolve(127));
      process.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL']));
    });
  }

  get alive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null && this.process.pid !== undefined;
  }

  async signal(signal: NodeJS.Signals): Promise<void> {
    const own = this.process.pid;
    while (this.alive && own !== undefined) {
      const pid = this.enters ? childOf(own) : own;
      if (pid !== undefined) return send(pid, signal);
      await delay(1);
    }
  }

  /** Ends it at once, as a power cut would, and waits until it is gone. */
  async kill(): Promise<void> {
    await this.signal('SIGKILL');
    await this.ended;
  }
}

/** Somewhere that programs run: in a set of namespaces that is entered anew for each, or just here. */
export class Place {
  /** Where this place's `/` is for us. */
  readonly root: string;
  private readonly prefix: readonly string[];
  private readonly env: Readonly<Record<string, string>>;

  private constructor(root: string, prefix: readonly string[], env: Readonly<Record<string, string>>) {
    this.root = root;
    this.prefix = prefix;
    this.env = env;
  }

  /** The namespaces of a process. */
  static inside(pid: number, env: Readonly<Record<string, string>>): Place {
    const enter = ['nsenter', '-t', `${pid}`, '-U', '--preserve-credentials', '-m', '-n', '-p', '--'];
    return new Place(`/proc/${pid}/root`, enter, env);
  }

  /** No namespaces; programs still end with the process that started them, however it ends. */
  static here(env: Readonly<Record<string, string>>): Place {
    return new Place('', ['setpriv', '--pdeathsig', 'KILL', '--'], env);
  }

  /** This process' path of a file that programs in this place know as `path`. */
  outside(path: string): string {
    return `${this.root}${path}`;
  }

  spawn(argv: readonly string[], options: Pick<SpawnOptions, 'stdio'> & Pick<RunOptions, 'env'> = {}): Running {
    const [command = '', ...args] = [...this.prefix, ...argv];
    const env = { ...this.env, ...options.env };
    return new Running(spawn(command, args, { stdio: options.stdio ?? 'pipe', env }), this.root !== '');
  }

  /** Runs a program to its end; a code other than 0 is an answer, not an error. */
  async run(argv: readonly string[], options: RunOptions = {}): Promise<Output> {
    const running = this.spawn(argv, options);
    const { stdin, stdout, stderr } = running.process;
    stdin?.on('error', () => {});
    stdin?.end(options.input ?? '');
    const timer = options.timeoutMs && setTimeout(() => void running.signal('SIGKILL'), options.timeoutMs);
    const texts = [stdout, stderr].map(stream => (stream === null ? '' : text(stream)));
    const [code, out = '', err = ''] = await Promise.all([running.ended, ...texts]);
    clearTimeout(timer || undefined);
    return { code, stdout: out, stderr: err };
  }

  /** As `run`, for what must not fail; gives what it printed. */
  async must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(argv, options);
    if (code !== 0) throw new Error(`${argv.join(' ')} ended with ${code}: ${stderr.trim() || stdout.trim()}`);
    return stdout;
  }
}

/**
 * A shell that sets something up, holds its namespaces for as long as our end of its input is open, and reaps what is
 * left to it. The script is run with `sh -e`; the pid is ours to enter.
 */
export async function anchor(
  place: Place,
  unshare: readonly string[],
  script: string,
  ...args: string[]
): Promise<{ pid: number; pidInside: number; release: () => Promise<void> }> {
  // Not the last command: the shell would become `cat`, which reaps nobody.
  const shell = ['sh', '-ec', `${script}\necho $$\ncat >/dev/null\n:`, 'sh', ...args];
  const { process } = place.spawn([...unshare, ...shell]);
  const errors = process.stderr ? text(process.stderr) : '';
  const ended = once(process, 'close').then(async () => new Error(`Setting up namespaces failed: ${await errors}`));
  const first = await Promise.race([once(process.stdout ?? process, 'data'), ended]);
  if (first instanceof Error) throw first;
  const pid = childOf(process.pid ?? 0);
  if (pid === undefined) throw new Error('The kernel does not list child processes (CONFIG_PROC_CHILDREN).');
  const release = async (): Promise<void> => {
    process.stdin?.end();
    await ended;
  };
  return { pid, pidInside: Number(String(first[0])), release };
}

function childOf(pid: number): number | undefined {
  try {
    return Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended by itself in the meantime.
  }
}
