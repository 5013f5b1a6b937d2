import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { waitFor } from '../node/program.ts';
import type { ApiClient, KubeObject } from './api.ts';

interface ResourceList {
  readonly groupVersion: string;
  readonly resources: readonly { readonly name: string; readonly kind: string; readonly verbs: readonly string[] }[];
}

/** They tell of what happened, of who is alive, and how MetalLB stands: they come and go by themselves. */
const PASSING = new Set(['events', 'leases', 'configurationstates', 'servicel2statuses', 'servicebgpstatuses']);

/** Every object of a cluster but for what the API server itself changes at every write, by kind, namespace and name. */
export async function everything(api: ApiClient): Promise<ReadonlyMap<string, unknown>> {
  const { groups } = await api.get<{ groups: { versions: { groupVersion: string }[] }[] }>('/apis');
  const versions = groups.flatMap(group => group.versions.map(({ groupVersion }) => `/apis/${groupVersion}`));
  const paths = ['/api/v1', ...versions];
  const found = await Promise.all(paths.map(path => inGroup(api, path)));
  return new Map(found.flat());
}

/** The same once nothing changes any more: what somebody else has just installed goes on for a moment. */
export async function settled(api: ApiClient): Promise<ReadonlyMap<string, unknown>> {
  let last = await everything(api);
  await waitFor('nothing changes any more', async () => {
    await delay(500);
    const [before, now] = [last, await everything(api)];
    last = now;
    return differences(before, now).length === 0;
  });
  return last;
}

/** Waits until the cluster holds what it held: who clears up after somebody else is a moment behind. */
export async function expectBack(api: ApiClient, before: ReadonlyMap<string, unknown>): Promise<void> {
  await waitFor('the cluster holds what it held', async () => {
    const found = differences(before, await everything(api));
    if (found.length > 0) throw new Error(found.join('\n'));
    return true;
  });
}

async function inGroup(api: ApiClient, path: string): Promise<[string, unknown][]> {
  const { groupVersion, resources } = await api.get<ResourceList>(path);
  const listed = resources.filter(({ name, verbs }) => verbs.includes('list') && !PASSING.has(name));
  const lists = await Promise.all(
    listed.map(async ({ name, kind }) => {
      // A kind that is just going is not there any more.
      const { items } = await api.get<{ items: KubeObject[] }>(`${path}/${name}`).catch(() => ({ items: [] }));
      return items.map((item): [string, unknown] => {
        const { namespace = '', name: own } = item.metadata;
        return [`${groupVersion} ${kind} ${namespace}/${own}`, lasting({ ...item, kind })];
      });
    }),
  );
  return lists.flat();
}

/** Without what counts writes, and without a node's signs of life; no annotations are as good as an empty list of them. */
function lasting({ metadata, ...rest }: KubeObject): unknown {
  const { managedFields: _fields, resourceVersion: _version, generation: _generation, ...about } = metadata;
  const { annotations = {}, ...named } = about as { annotations?: object };
  const { status: _status, ...still } = rest;
  return { ...(rest.kind === 'Node' ? still : rest), metadata: { ...named, annotations } };
}

/** What is another in two views of a cluster, a line each. */
export function differences(before: ReadonlyMap<string, unknown>, after: ReadonlyMap<string, unknown>): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap(name => {
    const [old, now] = [before.get(name), after.get(name)];
    if (isDeepStrictEqual(old, now)) return [];
    if (now === undefined) return [`gone: ${name}`];
    return old === undefined
      ? [`new: ${name}`]
      : [`changed: ${name}\n  ${JSON.stringify(old)}\n  ${JSON.stringify(now)}`];
  });
}
