import { type ApiClient, ApiError, type KubeObject } from '../client/api.ts';
import { waitFor } from './program.ts';

/** MetalLB's own namespace, where its pools must be. */
const METALLB = 'metallb-system';

/** The first address of the pool: Traefik's. */
export const TRAEFIK_ADDRESS = '10.0.0.70';

/** The pool's range. */
export const POOL_RANGE = `${TRAEFIK_ADDRESS}-10.0.0.80`;

const VALUES = 'speaker:\n  frr:\n    enabled: false\nfrrk8s:\n  enabled: false\n';

/** MetalLB's chart, asked for as K3s' users do. */
function helmChart(repo: string): KubeObject {
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name: 'metallb', namespace: 'kube-system' },
    spec: {
      repo,
      chart: 'metallb',
      version: '0.15.3',
      targetNamespace: METALLB,
      createNamespace: true,
      failurePolicy: 'abort',
      valuesContent: VALUES,
    },
  };
}

/** An IPAddressPool. */
export function addressPool(name: string, ...addresses: string[]): KubeObject {
  const apiVersion = 'metallb.io/v1beta1';
  return { apiVersion, kind: 'IPAddressPool', metadata: { name, namespace: METALLB }, spec: { addresses } };
}

/** An L2Advertisement of all pools. */
function advertisement(name: string): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'L2Advertisement',
    metadata: { name, namespace: METALLB },
    spec: {},
  };
}

/** Installs it, makes the pool as soon as the webhook lets it, and waits until Traefik has the pool's first address. */
export async function installMetalLB(api: ApiClient, repository: string): Promise<void> {
  await api.create(helmChart(repository));
  for (const object of [addressPool('default-pool', POOL_RANGE), advertisement('default')]) {
    await waitFor(`MetalLB takes a ${object.kind}`, () => accepted(api, object), 120_000);
  }
  await waitFor(`Traefik has ${TRAEFIK_ADDRESS}`, async () => (await addressOf(api)) === TRAEFIK_ADDRESS, 60_000);
}

/** Whether the webhook of a MetalLB in that namespace lets pools in; throws what the API server says of it. */
export async function takesPools(api: ApiClient, namespace: string): Promise<boolean> {
  const { metadata, ...pool } = addressPool('none', POOL_RANGE);
  const path = `/apis/metallb.io/v1beta1/namespaces/${namespace}/ipaddresspools?dryRun=All`;
  await api.request('POST', path, { ...pool, metadata: { ...metadata, namespace } });
  return true;
}

/** Traefik's address, if it has one. */
export async function addressOf(api: ApiClient): Promise<string | undefined> {
  const path = '/api/v1/namespaces/kube-system/services/traefik';
  const { status } = await api.get<{ status: { loadBalancer: { ingress?: { ip: string }[] } } }>(path);
  return status.loadBalancer.ingress?.[0]?.ip;
}

async function accepted(api: ApiClient, object: KubeObject): Promise<boolean> {
  try {
    await api.create(object);
    return true;
  } catch (error) {
    // 404: the kind is not there yet. 500: its webhook does not serve yet. 409: it got in although the answer got lost.
    if (error instanceof ApiError && error.status === 409) return true;
    throw error;
  }
}
