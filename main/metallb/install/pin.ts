import { annotationsOf, type KubeObject, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { record } from '../../cluster/raw.ts';
import { StatusError } from '../../cluster/requests.ts';
import { isOurs } from '../detect/ours.ts';
import { MANAGED_BY, OUR_PIN, PATHS } from '../objects.ts';
import { openRun } from './namespace.ts';
import { put, toKeep } from './own.ts';
import { PINNED, valuesOf, withPin } from './pinned-values.ts';
import { done, type Step, todo, type World } from './step.ts';

/** The settings of K3s' own Traefik. */
export const CONFIG = `${PATHS.helmChartConfigs}/traefik`;

/**
 * Traefik keeps one address. K3s' own Traefik is set by its HelmChartConfig, of which there is one: what is in it
 * stays. Another Traefik's Service is annotated.
 */
export const addressPinned: Step = {
  id: 'pin',
  title: 'Traefik’s own address',
  patienceMs: 3 * 60_000,
  hint: 'Look at the job helm-install-traefik in kube-system.',
  check: async world => {
    const { api, traefik, wish } = world;
    if (traefik === undefined) return done('There is no Traefik yet that asks MetalLB for one.');
    const service = await api.get(servicePath(traefik));
    if (wish.pin !== '') {
      if (annotationsOf(service)[PINNED] === wish.pin) return done(`Traefik asks for ${wish.pin}.`);
      return todo(`Traefik is told to ask for ${wish.pin}.`);
    }
    const ours = ourPin(await api.get(holderPath(traefik)));
    return ours === undefined ? done('Whatever MetalLB gives it.') : todo(`Traefik does not ask for ${ours} any more.`);
  },
  apply: async world => {
    const { traefik, wish } = world;
    if (traefik === undefined) return;
    if (traefik.isPackaged) return await pinConfig(world);
    await pinService(world, servicePath(traefik), wish.pin === '' ? null : wish.pin);
  },
};

/** Of what says which address Traefik asks for. */
export function holderPath(traefik: NonNullable<World['traefik']>): string {
  return traefik.isPackaged ? CONFIG : servicePath(traefik);
}

/** The address that this program had Traefik ask for, by the settings or the Service that say so. */
export function ourPin(holder: RawObject | undefined): string | undefined {
  return annotationsOf(holder)[OUR_PIN];
}

/** The address that Traefik asks for by our doing; `''` for none, and where that may not be read. */
export async function presentPin(api: ObjectApi, traefik: World['traefik']): Promise<string> {
  if (traefik === undefined) return '';
  try {
    return ourPin(await api.get(holderPath(traefik))) ?? '';
  } catch (error) {
    if (error instanceof StatusError && error.status === 403) return '';
    throw error;
  }
}

async function pinConfig(world: World): Promise<void> {
  const { api, wish } = world;
  await put(world, PATHS.helmChartConfigs, configObject(await api.get(CONFIG), wish.pin));
  if (wish.pin === '') await api.merge(CONFIG, { metadata: { annotations: { [OUR_PIN]: null } } });
}

/** The Service is somebody else's: it is told by annotations alone. `null`: no more. */
async function pinService(world: World, path: string, address: string | null): Promise<void> {
  const { api, run } = world;
  await openRun(world);
  const found = await api.get(path);
  const { [PINNED]: pinned = null, [OUR_PIN]: ours = null } = annotationsOf(found);
  const kept = toKeep(found, run, { metadata: { annotations: { [PINNED]: pinned, [OUR_PIN]: ours } } });
  await api.merge(path, { metadata: { annotations: { [PINNED]: address, [OUR_PIN]: address, ...kept } } });
}

/** Of Traefik's Service. */
export function servicePath({ namespace, name }: NonNullable<World['traefik']>): string {
  return `/api/v1/namespaces/${namespace}/services/${name}`;
}

/**
 * K3s' settings of Traefik with the address in them (`''`: with none), on top of what is there. Throws as `withPin`
 * does.
 */
export function configObject(found: RawObject | undefined, address: string): KubeObject {
  const { valuesContent: _, ...rest } = record(found?.spec);
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChartConfig',
    metadata: {
      ...{ name: 'traefik', namespace: 'kube-system' },
      ...(address !== '' && { annotations: { [OUR_PIN]: address } }),
      ...((found === undefined || isOurs(found)) && { labels: MANAGED_BY }),
    },
    spec: { ...rest, valuesContent: withPin(valuesOf(found), address || undefined) },
  };
}
