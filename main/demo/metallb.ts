import { contains, parseAddressRange, sizeOf } from './address-range.ts';
import { allocate, type Decision, type Pool, poolOf } from './allocation.ts';
import type { DemoCluster } from './api/cluster.ts';
import { addressesOf, items, keyOf, type Service, type StoredObject } from './api/objects.ts';
import { type Controller, createController } from './controller.ts';
import { recordEvent } from './events.ts';
import { announce } from './speaker.ts';

interface IPAddressPool extends StoredObject {
  readonly spec?: { readonly addresses?: readonly string[]; readonly autoAssign?: boolean };
}

/** Annotation of a Service: the pool that its address is of. */
export const FROM_POOL = 'metallb.io/ip-allocated-from-pool';

/**
 * MetalLB 0.15 in layer 2 mode, controller and speaker: IPv4, one address per Service, no sharing, no selectors. Its
 * pools are in metallb-system. Without any pool it takes every Service's address away, as the real one does.
 */
export function createMetallb(cluster: DemoCluster): Controller {
  /** What each Service was last refused for, so that one failure is one event. */
  let problems = new Map<string, string>();
  const announced = new Map<string, string>();
  const tables = ['services', 'nodes', 'pods', 'endpointslices.discovery.k8s.io'];
  const ownTables = ['ipaddresspools.metallb.io', 'l2advertisements.metallb.io'];
  const controller = createController(cluster.store, [...tables, ...ownTables], () => {
    const pools = cluster.list<IPAddressPool>('ipaddresspools.metallb.io', 'metallb-system').map(readPool);
    const services = cluster.list<Service>('services');
    const decisions = allocate(pools, pools.length === 0 ? [] : services.filter(isOurs));
    for (const service of services) {
      const decision = decisions.get(service);
      if (decision) carryOut(cluster, service, decision, pools, problems.get(service.metadata.uid));
      else if (isOurs(service) || service.metadata.annotations?.[FROM_POOL] !== undefined) clear(cluster, service);
    }
    problems = new Map([...decisions].flatMap(([service, decision]) => problemOf(service, decision)));
    for (const pool of pools) publishUse(cluster, pool, [...decisions.values()]);
    announce(cluster, announced);
  });
  return {
    start() {
      // New pods know nothing of what the old ones said.
      problems.clear();
      announced.clear();
      controller.start();
    },
    stop: controller.stop,
  };
}

function readPool({ metadata, spec }: IPAddressPool): Pool {
  const ranges = items(spec?.addresses).flatMap(text => parseAddressRange(String(text)) ?? []);
  return { name: metadata.name, ranges, autoAssign: spec?.autoAssign !== false };
}

/** MetalLB leaves a Service that names a load balancer class to that class. */
function isOurs({ spec }: Service): boolean {
  return spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

function problemOf({ metadata }: Service, decision: Decision): [uid: string, problem: string][] {
  return decision.kind === 'refused' ? [[metadata.uid, decision.problem]] : [];
}

function carryOut(
  cluster: DemoCluster,
  service: Service,
  decision: Decision,
  pools: readonly Pool[],
  knownProblem: string | undefined,
): void {
  const id = JSON.stringify(keyOf(service));
  const say = (type: 'Normal' | 'Warning', reason: string, message: string) =>
    recordEvent(cluster, service, { type, reason, message, component: 'metallb-controller' });
  const [old] = addressesOf(service);
  if (old !== undefined && !poolOf(pools, old)) {
    const outcome = 'not allowed by config, will attempt for new IP assignment';
    say('Normal', 'ClearAssignment', `current IP for ${id} ${outcome}: ["${old}"] is not allowed in config`);
  }
  if (decision.kind === 'refused') {
    clear(cluster, service);
    const message = `Failed to allocate IP for ${id}: ${decision.problem}`;
    if (decision.problem !== knownProblem) say('Warning', 'AllocationFailed', message);
    return;
  }
  give(cluster, service, decision.address, decision.pool);
  if (decision.kind === 'given') say('Normal', 'IPAllocated', `Assigned IP ["${decision.address}"]`);
}

function give(cluster: DemoCluster, { metadata }: Service, ip: string, pool: string): void {
  cluster.patch('services', metadata.namespace ?? '', metadata.name, {
    metadata: { annotations: { [FROM_POOL]: pool } },
    status: { loadBalancer: { ingress: [{ ip, ipMode: 'VIP' }] } },
  });
}

function clear(cluster: DemoCluster, { metadata }: Service): void {
  cluster.patch('services', metadata.namespace ?? '', metadata.name, {
    metadata: { annotations: { [FROM_POOL]: null } },
    status: { loadBalancer: { ingress: null } },
  });
}

function publishUse(cluster: DemoCluster, { name, ranges }: Pool, decisions: readonly Decision[]): void {
  const isFromHere = (address: string) => ranges.some(range => contains(range, address));
  const assigned = decisions.filter(each => each.kind !== 'refused' && isFromHere(each.address)).length;
  const size = ranges.reduce((sum, range) => sum + sizeOf(range), 0);
  cluster.patch('ipaddresspools.metallb.io', 'metallb-system', name, {
    status: { assignedIPv4: assigned, availableIPv4: size - assigned, assignedIPv6: 0, availableIPv6: 0 },
  });
}
