import type { RawObject } from '../../cluster/object-api.ts';
import { objectName } from '../../cluster/raw.ts';
import type { NodeFacts, ServiceLbFacts } from '../survey.ts';
import { valuesOf } from './flags.ts';

/** Every DaemonSet that ServiceLB makes has it, with `true` or `false`. */
export const SERVICE_LB_LABEL = 'svccontroller.k3s.cattle.io/nodeselector';

/**
 * K3s' own load balancer. `--disable-cloud-controller` does not switch it off: K3s then runs its cloud controller with
 * nothing but ServiceLB in it (pkg/daemons/control/server.go).
 */
export function serviceLbOf(
  daemonSets: readonly RawObject[],
  nodes: readonly NodeFacts[],
  isK3s: boolean,
): ServiceLbFacts {
  if (!isK3s) return { daemonSets: [], serversOn: [] };
  return {
    daemonSets: daemonSets.flatMap(each => objectName(each)?.name ?? []),
    serversOn: nodes.filter(({ isServer, args }) => isServer && args && !switchesOff(args)).map(({ name }) => name),
  };
}

/** It works now, or will as soon as a Service asks for an address. */
export function isServiceLbOn({ daemonSets, serversOn }: ServiceLbFacts): boolean {
  return daemonSets.length > 0 || serversOn.length > 0;
}

function switchesOff(args: readonly string[]): boolean {
  // K3s before 1.25 takes the old name of the flag, too.
  return [...valuesOf('--disable', args), ...valuesOf('--no-deploy', args)].includes('servicelb');
}
