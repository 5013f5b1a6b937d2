import type { DemoCluster } from './api/cluster.ts';
import { items, type Service, type StoredObject } from './api/objects.ts';
import { type Controller, createController } from './controller.ts';
import { isReady, type Pod } from './pods.ts';

interface EndpointSlice extends StoredObject {
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[];
}

const SLICES = 'endpointslices.discovery.k8s.io';
const SERVICE_NAME = 'kubernetes.io/service-name';

/**
 * The EndpointSlices of Services whose pods are simulated, and of load balancers: the apps behind those are not, and
 * always have one ready endpoint.
 */
export function createEndpoints(cluster: DemoCluster): Controller {
  return createController(cluster.store, ['services', 'pods'], () => {
    const wanted = new Set<string>();
    for (const service of cluster.list<Service>('services')) {
      const { namespace = '', name } = service.metadata;
      const pods = podsBehind(cluster, service);
      if (pods.length === 0 && service.spec?.type !== 'LoadBalancer') continue;
      wanted.add(`${namespace}/${name}`);
      const endpoints =
        pods.length === 0 ? [endpoint('10.42.0.1', true)] : pods.map(pod => endpoint(pod.status?.podIP, isReady(pod)));
      cluster.apply({
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { namespace, name: `${name}-demo`, labels: { [SERVICE_NAME]: name } },
        addressType: 'IPv4',
        endpoints,
        ports: items(service.spec?.ports).map(({ name = '', port, protocol = 'TCP' }) => ({ name, port, protocol })),
      });
    }
    for (const { metadata } of cluster.list(SLICES)) {
      const of = `${metadata.namespace}/${metadata.labels?.[SERVICE_NAME]}`;
      if (!wanted.has(of)) cluster.remove(SLICES, metadata.namespace ?? '', metadata.name);
    }
  });
}

/** Whether anything behind a Service would answer. */
export function hasReadyEndpoint(cluster: DemoCluster, namespace: string, service: string): boolean {
  return cluster
    .list<EndpointSlice>(SLICES, namespace)
    .filter(({ metadata }) => metadata.labels?.[SERVICE_NAME] === service)
    .some(({ endpoints }) => items(endpoints).some(each => each?.conditions?.ready === true));
}

function endpoint(address: string | undefined, ready: boolean) {
  return {
    addresses: address === undefined ? [] : [address],
    conditions: { ready, serving: ready, terminating: false },
  };
}

function podsBehind(cluster: DemoCluster, { metadata, spec }: Service): Pod[] {
  const selector = Object.entries(spec?.selector ?? {});
  if (selector.length === 0) return [];
  return cluster
    .list<Pod>('pods', metadata.namespace)
    .filter(pod => selector.every(([key, value]) => pod.metadata.labels?.[key] === value));
}
