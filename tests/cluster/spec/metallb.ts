import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Bed } from '../bed.ts';
import type { ApiClient, KubeObject } from '../client/api.ts';
import type { Laptop } from '../rooms/laptop.ts';
import type { Output, Running } from '../rooms/place.ts';
import { CLUSTER, PRODUCT, product } from './product.ts';

export const ENGINES = ['helmchart', 'helm'] as const;
export type Engine = (typeof ENGINES)[number];

const RANGE = '10.0.0.70-10.0.0.80';

/** The steps of an installation by their titles, in order; what has to be waited for is in them, too. */
export const TITLES = [
  'MetalLB’s chart',
  'MetalLB’s kinds of objects',
  'Controller and speakers',
  'MetalLB’s check of addresses',
  'Address pool default-pool',
  'Advertisement default',
  'Traefik’s own address',
  'Traefik gets its address',
] as const;

export function installArgs(bed: Bed, engine: Engine): readonly string[] {
  const choice = ['--engine', engine, '--addresses', RANGE, '--repo', bed.chartRepository];
  return ['metallb', 'install', ...choice, '--cluster', CLUSTER, '--yes'];
}

export function install(bed: Bed, engine: Engine, ...more: readonly string[]): Promise<Output> {
  return product(bed.laptop, ...installArgs(bed, engine), ...more);
}

export function uninstall(bed: Bed): Promise<Output> {
  return product(bed.laptop, 'metallb', 'uninstall', '--yes');
}

/** Has the first revision of helm's release be as a helm leaves it that is killed while it waits. */
export async function leavePending(api: ApiClient): Promise<void> {
  const secret: KubeObject = {
    ...{ apiVersion: 'v1', kind: 'Secret' },
    metadata: { name: 'sh.helm.release.v1.metallb.v1', namespace: 'metallb-system' },
  };
  const path = `/api/v1/namespaces/metallb-system/secrets/${secret.metadata.name}`;
  const { data } = await api.get<{ readonly data: { readonly release: string } }>(path);
  const packed = Buffer.from(Buffer.from(data.release, 'base64').toString(), 'base64');
  const release = JSON.parse(gunzipSync(packed).toString());
  release.info.status = 'pending-install';
  const again = Buffer.from(gzipSync(JSON.stringify(release)).toString('base64')).toString('base64');
  await api.mergePatch(secret, { metadata: { labels: { status: 'pending-install' } }, data: { release: again } });
}

/** Throws with all that was said where a command did not end as it should. */
export function expectCode({ code, stdout, stderr }: Output, wanted = 0): void {
  if (code !== wanted) throw new Error(`It ended with ${code}, not ${wanted}:\n${stdout}\n${stderr}`);
}

/** Runs the product, and does something when it has told of progress in a line with certain words; gives all it told. */
export async function runUntil(
  laptop: Laptop,
  args: readonly string[],
  words: string,
  then: (running: Running) => Promise<void>,
): Promise<Output> {
  const running = laptop.spawn([...PRODUCT, ...args]);
  const { stdin, stdout, stderr } = running.process;
  stdin?.end();
  const answer = stdout === null ? '' : text(stdout);
  let told = '';
  let isDone = false;
  for await (const line of stderr === null ? [] : createInterface({ input: stderr })) {
    told += `${line}\n`;
    if (isDone || !line.includes(words)) continue;
    isDone = true;
    await then(running);
  }
  if (!isDone) throw new Error(`It never told of "${words}":\n${await answer}\n${told}`);
  return { code: await running.ended, stdout: await answer, stderr: told };
}

/** Runs the product, and sends it a signal as soon as it has told something. */
export function signalWhen(
  laptop: Laptop,
  args: readonly string[],
  words: string,
  signal: NodeJS.Signals,
): Promise<Output> {
  return runUntil(laptop, args, words, running => running.signal(signal));
}
