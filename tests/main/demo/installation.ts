import type { Client, Item } from './client.ts';
import { eventually } from './client.ts';

/** MetalLB as K3s installs it from its chart, where a person asks for it. */
export const CHART = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts/metallb';
export const RELEASES = '/api/v1/namespaces/metallb-system/secrets?fieldSelector=type%3Dhelm.sh%2Frelease.v1';
export const NAMESPACE = '/api/v1/namespaces/metallb-system';
const METALLB = '/apis/metallb.io/v1beta1/namespaces/metallb-system';
export const POOL = `${METALLB}/ipaddresspools/default-pool`;
export const ADVERTISEMENT = `${METALLB}/l2advertisements/default`;

const SPEC = {
  repo: 'https://metallb.github.io/metallb',
  chart: 'metallb',
  version: '0.15.3',
  targetNamespace: 'metallb-system',
  createNamespace: true,
  failurePolicy: 'abort',
  valuesContent: 'speaker: {frr: {enabled: false}}\n',
};

/** Server-side apply of an object at its own path. */
export function apply(client: Client, path: string, kind: string, spec: object, query = '') {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const [, group] = /^\/apis\/([^/]+\/[^/]+)/.exec(path) ?? [];
  const body = { apiVersion: group ?? 'v1', kind, metadata: { name }, ...(kind !== 'Namespace' && { spec }) };
  return client.patch(`${path}?fieldManager=test&force=true${query}`, 'apply-patch+yaml', body);
}

/** Asks for MetalLB; what there is of it comes by and by. */
export function applyChart(client: Client, changes: object = {}) {
  return apply(client, CHART, 'HelmChart', { ...SPEC, ...changes });
}

/** Tries a pool, without making it, until MetalLB's webhook answers for it. */
export function tryPool(client: Client, addresses: readonly string[] = ['10.0.0.70-10.0.0.80']) {
  return apply(client, POOL, 'IPAddressPool', { addresses }, '&dryRun=All');
}

/** Installs MetalLB with a pool and an advertisement, and waits for each step as an installer does. */
export async function installMetallb(client: Client): Promise<void> {
  await applyChart(client);
  await eventually(async () => (await tryPool(client)).status).toBeLessThan(300);
  await apply(client, POOL, 'IPAddressPool', { addresses: ['10.0.0.70-10.0.0.80'] });
  await apply(client, ADVERTISEMENT, 'L2Advertisement', { ipAddressPools: ['default-pool'] });
}

/** `name status` of every revision of MetalLB's release. */
export async function revisions(client: Client): Promise<string[]> {
  const { items = [] } = (await client.get(`${RELEASES}&labelSelector=owner%3Dhelm%2Cname%3Dmetallb`)).body;
  return items.map(({ metadata }) => `${metadata.name} ${metadata.labels?.status}`);
}

/** Has K3s' helm-controller do something else, which takes it longer than most, and waits for it. */
export async function somethingElse(client: Client): Promise<void> {
  const path = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmchartconfigs/traefik';
  await apply(client, path, 'HelmChartConfig', { valuesContent: 'service: {annotations: {seen: "yes"}}' });
  const traefik = '/api/v1/namespaces/kube-system/services/traefik';
  await eventually(async () => (await client.get<Item>(traefik)).body.metadata.annotations?.seen).toBe('yes');
}

/** The helm container of the chart's job. */
export async function helmContainer(client: Client): Promise<Record<string, unknown> | undefined> {
  const path = '/api/v1/namespaces/kube-system/pods?labelSelector=helmcharts.helm.cattle.io%2Fchart%3Dmetallb';
  const [pod] = (await client.get(path)).body.items;
  return containersOf(pod)[0];
}

export function containersOf(pod: Item | undefined): readonly Record<string, unknown>[] {
  const status = pod?.status as { containerStatuses?: readonly Record<string, unknown>[] } | undefined;
  return status?.containerStatuses ?? [];
}
