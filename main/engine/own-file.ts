import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { ByHand } from '../hosts/elevation/by-hand.ts';
import { ElevatedWriter } from '../hosts/elevation/elevated-writer.ts';
import { FakeElevator } from '../hosts/elevation/fake.ts';
import { openHostsFile } from '../hosts/elevation/open-hosts-file.ts';
import type { Way } from '../hosts/elevation/way.ts';
import { nodeFileSystem } from '../hosts/file-system.ts';
import { HostsFile } from '../hosts/hosts-file.ts';
import { systemHostsPath, writerPlaces } from '../paths.ts';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The hosts file that the app keeps: the system's. In a checkout, and only there, tests may name another one and a file
 * with the answers to the question for a password: in an installed app these would be holes.
 */
export function ownHostsFile(env: Env, isPackaged: boolean, interrupted: AbortSignal): { file: HostsFile; way?: Way } {
  const { CLUSTER_HOSTS_FILE: path, CLUSTER_HOSTS_ANSWERS: answers } = env;
  if (isPackaged || path === undefined)
    return { file: openHostsFile({ path: systemHostsPath(process.platform, env), env, interrupted }) };
  if (answers === undefined) return { file: openHostsFile({ path, env, interrupted }) };
  const way: Way = { way: 'prompt', by: 'pkexec', reason: 'Your system asks for an administrator’s password.' };
  return { file: askingFile(path, answers, interrupted), way };
}

function askingFile(path: string, answers: string, interrupted: AbortSignal): HostsFile {
  const folder = dirname(answers);
  const places = writerPlaces(path, folder);
  const world = {
    ...{ hosts: path, places, spent: join(folder, 'spent'), computer: hostname() },
    ...{ asker: process.getuid?.(), fs: nodeFileSystem, now: Date.now },
  };
  const { platform } = process;
  const byHand = new ByHand({ platform, program: ['helper'], reason: '', tell: undefined, interrupted });
  const writer = new ElevatedWriter(path, join(folder, 'plans'), new FakeElevator(answers, world), byHand);
  return new HostsFile(path, places, writer);
}
