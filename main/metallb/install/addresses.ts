import { isDeepStrictEqual } from 'node:util';
import type { KubeObject } from '../../cluster/object-api.ts';
import { record } from '../../cluster/raw.ts';
import { StatusError } from '../../cluster/requests.ts';
import { isOurs } from '../detect/ours.ts';
import { advertisementObject, PATHS, poolObject } from '../objects.ts';
import { put } from './own.ts';
import { done, failed, type Standing, type Step, todo, type World, waiting } from './step.ts';

/**
 * MetalLB's webhook looks at pools before they are taken, but serves only a while after its pod is ready: until its
 * certificate has reached the pod. A trial run of the pool tells.
 */
export const webhookServes: Step = {
  id: 'webhook',
  title: 'MetalLB’s check of addresses',
  patienceMs: 4 * 60_000,
  hint: 'Its webhook does not serve: look at the log of the controller in metallb-system.',
  check: async ({ api, wish }) => {
    try {
      await api.apply(PATHS.pools, poolObject(wish.addresses), { dryRun: true });
      return done();
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      const [, reason] = /metallb\.io" denied the request: (.*)$/s.exec(error.message) ?? [];
      if (reason !== undefined)
        return failed(`MetalLB does not take these addresses: ${reason}`, 'Choose other addresses.');
      // These do not come right by waiting, and are not of MetalLB.
      if ([401, 403, 422].includes(error.status)) throw error;
      return waiting('MetalLB’s webhook does not serve yet.');
    }
  },
};

/** The addresses that MetalLB may give. */
export const poolMade: Step = made('pool', 'Address pool default-pool', PATHS.pools, ({ wish }) =>
  poolObject(wish.addresses),
);

/** That these addresses are answered for on the network. */
export const advertisementMade: Step = made(
  'advertisement',
  'Advertisement default',
  PATHS.advertisements,
  advertisementObject,
);

function made(
  id: 'pool' | 'advertisement',
  title: string,
  collection: string,
  wished: (world: World) => KubeObject,
): Step {
  const check = async (world: World): Promise<Standing> => {
    const object = wished(world);
    const found = await world.api.get(`${collection}/${object.metadata.name}`);
    if (found === undefined) return todo('');
    if (!isOurs(found)) {
      const message = `There is ${object.kind} ${object.metadata.name} already, which Cluster Hosts did not make.`;
      return failed(message, 'Rename or remove it, then try again.');
    }
    const now = record(found.spec);
    return Object.entries(record(object.spec)).every(([key, value]) => isDeepStrictEqual(now[key], value))
      ? done()
      : todo('');
  };
  return {
    id,
    title,
    patienceMs: 60_000,
    hint: 'Try again.',
    check,
    apply: world => put(world, collection, wished(world)),
  };
}
