import { createHash } from 'node:crypto';
import type { DemoCluster } from './api/cluster.ts';
import { addressesOf, items, keyOf, type Service, type StoredObject } from './api/objects.ts';
import { recordEvent } from './events.ts';

interface L2Advertisement extends StoredObject {
  readonly spec?: { readonly ipAddressPools?: readonly string[] };
}

const L2_STATUSES = 'servicel2statuses.metallb.io';

/**
 * MetalLB's speaker: says, in a ServiceL2Status and an event, which node answers ARP for a Service whose pool is
 * advertised; always the oldest node. `announced` remembers from call to call what was said.
 */
export function announce(cluster: DemoCluster, announced: Map<string, string>): void {
  const [node] = cluster.list('nodes');
  const services = node ? cluster.list<Service>('services').filter(service => isAdvertised(cluster, service)) : [];
  const statuses = new Set(services.map(statusName));
  for (const { metadata } of cluster.list(L2_STATUSES)) {
    if (!statuses.has(metadata.name)) cluster.remove(L2_STATUSES, metadata.namespace ?? '', metadata.name);
  }
  const keys = new Set(services.map(keyOf));
  for (const key of announced.keys()) if (!keys.has(key)) announced.delete(key);
  if (node) for (const service of services) announceFrom(cluster, node.metadata.name, service, announced);
}

function isAdvertised(cluster: DemoCluster, service: Service): boolean {
  const pool = service.metadata.annotations?.['metallb.io/ip-allocated-from-pool'];
  if (pool === undefined) return false;
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
