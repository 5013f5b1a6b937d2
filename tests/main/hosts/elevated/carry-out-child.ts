/* The helper's work on a scene, in a process that may be killed or stand in a mount namespace. Its argument is the job as JSON. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { carryOut } from '../../../../main/hosts/elevated/carry-out.ts';
import type { FileSystem } from '../../../../main/hosts/file-system.ts';
import { bindMount, type Fault, faultyFileSystem } from '../../../faulty-file-system.ts';
import { Scene } from '../../../fixtures/elevated.ts';

export interface Job {
  readonly home: string;
  readonly token: string;
  /** Killed at its n-th call. */
  readonly killAt?: number;
  /** The file cannot be replaced. */
  readonly inPlace?: boolean;
  /** A shell command in front of the first opening. */
  readonly beforeOpen?: string;
  /** Says `ready`, and begins when it is told to. */
  readonly waits?: boolean;
}

const job: Job = JSON.parse(process.argv[2] ?? '');
const scene = new Scene(job.home);
let fs: FileSystem = job.inPlace ? bindMount(scene.path) : scene.world.fs;
if (job.killAt !== undefined) {
  const fault: Fault = { code: 'SIGKILL', when: job.killAt % 2 ? 'before' : 'after' };
  fs = faultyFileSystem(job.killAt, fault, fs).fs;
}
let command = job.beforeOpen;
const openSync: FileSystem['openSync'] = (...args) => {
  if (command !== undefined) execFileSync('sh', ['-c', command]);
  command = undefined;
  return fs.openSync(...args);
};
const world = { ...scene.world, fs: job.beforeOpen === undefined ? fs : { ...fs, openSync } };
if (job.waits) {
  process.stdout.write('ready\n');
  await once(process.stdin, 'data');
  process.stdin.destroy();
}
process.stdout.write(`${JSON.stringify(await carryOut(job.token, world))}\n`);
