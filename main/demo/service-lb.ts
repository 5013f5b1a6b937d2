import { isDeepStrictEqual } from 'node:util';
import type { DemoCluster } from './api/cluster.ts';
import { addressesOf, items, type Service, type StoredObject } from './api/objects.ts';
import { type Controller, createController } from './controller.ts';
import { recordEvent } from './events.ts';
import { SERVER_ARGS } from './k3s.ts';
import { workload } from './manifests.ts';
import type { Pace } from './pace.ts';

const SELECTOR = 'svccontroller.k3s.cattle.io/nodeselector';
const NODE_ARGS = 'k3s.io/node-args';

interface Node extends StoredObject {
  readonly status?: { readonly addresses?: readonly { readonly type: string; readonly address: string }[] };
}

/**
 * K3s' ServiceLB: a DaemonSet per load balancer, and the nodes' own addresses in its status, again and again where
 * somebody else writes another. Stopped as by a restart of K3s with `--disable servicelb`: what is in the statuses stays.
 */
export function createServiceLb(cluster: DemoCluster, pace: Pace): Controller {
  let isOn = false;
  const writing = new Set<string>();
  const controller = createController(cluster.store, ['services', 'daemonsets.apps'], () => {
    for (const service of cluster.list<Service>('services').filter(isBalanced)) {
      cluster.apply(daemonSet(service));
      const { uid } = service.metadata;
      if (writing.has(uid) || isDeepStrictEqual(addressesOf(service), nodeAddresses(cluster))) continue;
      writing.add(uid);
      pace.after(1, () => {
        writing.delete(uid);
        if (isOn) publish(cluster, service);
      });
    }
  });
  const become = (on: boolean) => {
    if (on === isOn) return;
    isOn = on;
    const args = JSON.stringify(on ? ['server'] : SERVER_ARGS);
    const [server] = cluster.list('nodes');
    if (server) cluster.patch('nodes', '', server.metadata.name, { metadata: { annotations: { [NODE_ARGS]: args } } });
  };
  return {
    start() {
      become(true);
      controller.start();
    },
    stop() {
      controller.stop();
      become(false);
      for (const { metadata } of cluster.list('daemonsets', 'kube-system')) {
        if (metadata.labels?.[SELECTOR] !== undefined) cluster.remove('daemonsets', 'kube-system', metadata.name);
      }
    },
  };
}

function isBalanced({ spec }: Service): boolean {
  return spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

function nodeAddresses(cluster: DemoCluster): string[] {
  return cluster
    .list<Node>('nodes')
    .flatMap(({ status }) => items(status?.addresses).filter(({ type }) => type === 'InternalIP'))
    .map(({ address }) => address);
}

function daemonSet({ metadata }: Service) {
  const name = `svclb-${metadata.name.slice(0, 48)}-${metadata.uid.slice(0, 8)}`;
  const of = {
    'svccontroller.k3s.cattle.io/svcname': metadata.name,
    'svccontroller.k3s.cattle.io/svcnamespace': metadata.namespace ?? '',
  };
  const about = { namespace: 'kube-system', name, labels: { [SELECTOR]: 'false', ...of } };
  return workload('DaemonSet', about, { app: name, ...of }, [
    { name: 'lb-tcp-80', image: 'rancher/klipper-lb:v0.4.13' },
  ]);
}

function publish(cluster: DemoCluster, { metadata }: Service): void {
  const service = cluster.get<Service>('services', metadata.namespace ?? '', metadata.name);
  if (!service) return;
  const addresses = nodeAddresses(cluster);
  const message = `Updated LoadBalancer with new IPs: [${addressesOf(service).join(' ')}] -> [${addresses.join(' ')}]`;
  cluster.patch('services', metadata.namespace ?? '', metadata.name, {
    status: { loadBalancer: { ingress: addresses.map(ip => ({ ip, ipMode: 'VIP' })) } },
  });
  recordEvent(cluster, service, { type: 'Normal', reason: 'UpdatedLoadBalancer', message, component: 'service-lb' });
}
