import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Place } from '../rooms/place.ts';
import { cook } from './recipe.ts';

/** Whether the programs are there, so that nothing is needed to build them. */
export function programsAreBuilt(): boolean {
  return existsSync(folder());
}

/** The folder of etcd, Kubernetes, MetalLB, helm and so on; builds them the first time and after a changed recipe. */
export async function programs(): Promise<string> {
  const target = folder();
  if (existsSync(target)) return target;
  await mkdir(cache(), { recursive: true });
  const unlock = await lock(join(cache(), 'bed.lock'));
  try {
    if (!existsSync(target)) await build(target);
  } finally {
    await unlock();
  }
  return target;
}

/** Only a finished folder gets the name that others look for. */
async function build(target: string): Promise<void> {
  const unfinished = `${target}.unfinished`;
  const work = `${target}.work`;
  const clear = async (): Promise<void> => {
    for (const path of [unfinished, work]) await rm(path, { recursive: true, force: true });
  };
  await clear();
  await mkdir(unfinished);
  await mkdir(work);
  say('building the programs of the test cluster (the first time about ten minutes)');
  await cook({ target: unfinished, work, say: what => say(`… ${what}`) });
  await rename(unfinished, target);
  await clear();
  say(`built, kept in ${target}`);
}

/** A lock of the system's, held by a child process for as long as its input is open: it goes with us. */
async function lock(file: string): Promise<() => Promise<void>> {
  const here = Place.here({ PATH: process.env.PATH ?? '' });
  const { process: holder, ended } = here.spawn(['flock', file, 'sh', '-c', 'echo locked; cat >/dev/null']);
  await once(holder.stdout ?? holder, 'data');
  return async () => {
    holder.stdin?.end();
    await ended;
  };
}

function folder(): string {
  const hash = createHash('sha256').update(process.arch);
  for (const file of ['recipe.ts', 'unzip.ts']) hash.update(readFileSync(join(import.meta.dirname, file)));
  return join(cache(), `bed-${hash.digest('hex').slice(0, 12)}`);
}

function cache(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cluster-hosts');
}

function say(what: string): void {
  process.stderr.write(`cluster: ${what}\n`);
}
