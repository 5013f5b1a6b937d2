import { resolve } from 'node:path';
import type { Laptop } from '../rooms/laptop.ts';
import type { Output, Running } from '../rooms/place.ts';

const ENTRY = resolve(import.meta.dirname, '../../../main/cli/cluster-hosts.js');

/** The name that the specs give the cluster. */
export const CLUSTER = 'turing-cluster';

/** What `sync`, `clean` and `restore` answer with `--json`. */
export interface Outcome {
  readonly outcome: string;
  readonly message: string;
}

/** The product as a command. */
export const PRODUCT = [process.execPath, ENTRY];

/** Runs one command of the product on the laptop. */
export function product(laptop: Laptop, ...args: readonly string[]): Promise<Output> {
  return laptop.run([...PRODUCT, ...args], { timeoutMs: 60_000 });
}

/** Runs a command that answers with an outcome. */
export async function outcomeOf(laptop: Laptop, ...args: readonly string[]): Promise<Outcome> {
  const { code, stdout, stderr } = await product(laptop, ...args, '--json');
  try {
    return JSON.parse(stdout) as Outcome;
  } catch {
    throw new Error(`${args.join(' ')} ended with ${code} and said: ${stdout}${stderr}`);
  }
}

/** `sync --watch --yes`, started. */
export class Watching {
  readonly running: Running;
  private said = '';

  constructor(laptop: Laptop) {
    const args = ['sync', '--watch', '--yes', '--cluster', CLUSTER];
    this.running = laptop.spawn([process.execPath, ENTRY, ...args]);
    for (const stream of [this.running.process.stdout, this.running.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.said += text;
      });
    }
  }

  /** Interrupts it as Ctrl-C does; gives the exit code. */
  async interrupt(): Promise<number> {
    await this.running.signal('SIGINT');
    return this.running.ended;
  }

  async kill(): Promise<void> {
    await this.running.kill();
  }

  /** The last of what it said. */
  toString(): string {
    return this.said.split('\n').slice(-25).join('\n');
  }
}
