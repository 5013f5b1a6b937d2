import { createHash } from 'node:crypto';
import type { DemoCluster } from './api/cluster.ts';
import { addressesOf, items, keyOf, type Service, type StoredObject } from './api/objects.ts';
import { hasReadyEndpoint } from './endpoints.ts';
import { recordEvent } from './events.ts';
import { isReady, type Pod } from './pods.ts';

interface L2Advertisement extends StoredObject {
  readonly spec?: { readonly ipAddressPools?: readonly string[] };
}

const L2_STATUSES = 'servicel2statuses.metallb.io';

const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';

/**
 * MetalLB's speakers: say, in a ServiceL2Status and an event, which node answers ARP for a Service whose pool is
 * advertised and that has somebody behind it; always the oldest node that may. `announced` remembers from call to call
 * what was said.
 */
export function announce(cluster: DemoCluster, announced: Map<string, string>): void {
  const node = cluster.list('nodes').find(each => maySpeak(cluster, each));
  const services = node ? cluster.list<Service>('services').filter(service => isAdvertised(cluster, service)) : [];
  const statuses = new Set(services.map(statusName));
  for (const { metadata } of cluster.list(L2_STATUSES)) {
    if (!statuses.has(metadata.name)) cluster.remove(L2_STATUSES, metadata.namespace ?? '', metadata.name);
  }
  const keys = new Set(services.map(keyOf));
  for (const key of announced.keys()) if (!keys.has(key)) announced.delete(key);
  if (node) for (const service of services) announceFrom(cluster, node.metadata.name, service, announced);
}

/** Whether a node answers ARP for a Service's address now. */
export function isAnnounced(cluster: DemoCluster, service: Service): boolean {
  return cluster.list(L2_STATUSES).some(({ metadata }) => metadata.name === statusName(service));
}

/** Whether nothing keeps a node from announcing: its label, or a speaker that is not ready. */
function maySpeak(cluster: DemoCluster, { metadata }: StoredObject): boolean {
  if (metadata.labels?.[EXCLUDED] !== undefined) return false;
  return cluster
    .list<Pod>('pods', 'metallb-system')
    .filter(pod => pod.spec?.nodeName === metadata.name && isSpeaker(pod))
    .every(isReady);
}

function isSpeaker({ metadata: { labels = {} } }: Pod): boolean {
  return labels['app.kubernetes.io/component'] === 'speaker' || labels.component === 'speaker';
}

function isAdvertised(cluster: DemoCluster, service: Service): boolean {
  const pool = service.metadata.annotations?.['metallb.io/ip-allocated-from-pool'];
  if (pool === undefined) return false;
  if (!hasReadyEndpoint(cluster, service.metadata.namespace ?? '', service.metadata.name)) return false;
  return cluster.list<L2Advertisement>('l2advertisements.metallb.io', 'metallb-system').some(({ spec }) => {
    const pools = items(spec?.ipAddressPools);
    return pools.length === 0 || pools.includes(pool);
  });
}

function announceFrom(cluster: DemoCluster, node: string, service: Service, announced: Map<string, string>): void {
  const { namespace, name } = service.metadata;
  cluster.apply({
    apiVersion: 'metallb.io/v1beta1',
    kind: 'ServiceL2Status',
    metadata: {
      name: statusName(service),
      namespace: 'metallb-system',
      labels: {
        'metallb.io/node': node,
        'metallb.io/service-name': name,
        'metallb.io/service-namespace': namespace ?? '',
      },
    },
    status: { node, serviceName: name, serviceNamespace: namespace, interfaces: [] },
  });
  const what = `${addressesOf(service)} from ${node}`;
  if (announced.get(keyOf(service)) === what) return;
  announced.set(keyOf(service), what);
  const message = `announcing from node "${node}" with protocol "layer2"`;
  recordEvent(cluster, service, { type: 'Normal', reason: 'nodeAssigned', message, component: 'metallb-speaker' });
}

function statusName(service: Service): string {
  return `l2-${createHash('sha256').update(keyOf(service)).digest('hex').slice(0, 5)}`;
}
