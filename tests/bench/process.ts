import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** The shipped program, watching; figures are read from /proc, so this runs on Linux. */
export class WatchingProgram {
  readonly #child: ChildProcess;
  readonly startedAt = performance.now();

  constructor(kubeconfig: string, hostsFile: string, home: string) {
    const argv = [
      'out/cli/cluster-hosts.js',
      'sync',
      '--watch',
      '--yes',
      '--cluster',
      'bench',
      '--hosts-file',
      hostsFile,
    ];
    const env = { PATH: process.env.PATH, HOME: home, KUBECONFIG: kubeconfig, NODE_COMPILE_CACHE: `${home}/cache` };
    this.#child = spawn(process.execPath, argv, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  }

  /** Resident set now, in MB. */
  get residentMb(): number {
    const [, kb = '0'] = /VmRSS:\s+([0-9]+)/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8')) ?? [];
    return Number(kb) / 1024;
  }

  /** Processor time used so far, in seconds (clock ticks are hundredths on Linux). */
  get cpuSeconds(): number {
    const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    await once(this.#child, 'exit');
  }
}

/** Waits until a file holds what it should, looking only when it changed; gives the moment, to about a millisecond. */
export async function untilFile(path: string, holds: (text: string) => boolean): Promise<number> {
  const until = performance.now() + 120_000;
  let seen = 0n;
  while (performance.now() < until) {
    const { mtimeNs } = lstatSync(path, { bigint: true });
    if (mtimeNs !== seen) {
      seen = mtimeNs;
      const at = performance.now();
      if (holds(readFileSync(path, 'latin1'))) return at;
    }
    await delay(1);
  }
  throw new Error(`${path} never got there`);
}
