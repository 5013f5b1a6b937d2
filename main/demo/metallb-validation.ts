import { isIPv6 } from 'node:net';
import { type AddressRange, cidrsOf, formatAddress, parseAddressRange } from './address-range.ts';
import type { DemoCluster, Write } from './api/cluster.ts';
import { items, type Manifest } from './api/objects.ts';

/** What MetalLB's webhook has against a write of one of its objects, in its own words; `undefined`: nothing. */
export function validate(cluster: DemoCluster, namespace: string, write: Write): string | undefined {
  const { operation, resource, object } = write;
  if (operation === 'CREATE' && object.metadata.namespace !== namespace) {
    return `resource must be created in ${namespace} namespace`;
  }
  if (resource.plural !== 'ipaddresspools') return undefined;
  const existing: Manifest[] = cluster.list('ipaddresspools.metallb.io', namespace);
  const index = existing.findIndex(({ metadata }) => metadata.name === object.metadata.name);
  return poolsProblem(index < 0 ? [...existing, object] : existing.with(index, object));
}

/** The first fault of a set of pools. */
export function poolsProblem(pools: readonly Manifest[]): string | undefined {
  const taken: Net[] = [];
  for (const pool of pools) {
    const { name } = pool.metadata;
    const addresses = items((pool.spec as { addresses?: readonly string[] } | undefined)?.addresses).map(String);
    if (addresses.length === 0) return `parsing address pool ${name}: pool has no prefixes defined`;
    for (const text of addresses) {
      const why = addressProblem(text);
      if (why !== undefined) return `parsing address pool ${name}: invalid CIDR "${text}" in pool "${name}": ${why}`;
    }
    for (const net of addresses.flatMap(netsOf)) {
      const other = taken.find(each => each.first <= net.last && net.first <= each.last);
      if (other) return `CIDR "${net.cidr}" in pool "${name}" overlaps with already defined CIDR "${other.cidr}"`;
      taken.push(net);
    }
  }
  return undefined;
}

interface Net extends AddressRange {
  readonly cidr: string;
}

/** IPv6 is taken as it is: whether it overlaps is not looked at here. */
function netsOf(text: string): Net[] {
  const range = parseAddressRange(text);
  return range ? cidrsOf(range).map(each => ({ ...each, cidr: `${formatAddress(each.first)}/${each.bits}` })) : [];
}

function addressProblem(text: string): string | undefined {
  if (parseAddressRange(text)) return undefined;
  if (!text.includes('-')) {
    const [, net = '', bits = ''] = /^([^/]*)\/(\d{1,3})$/.exec(text) ?? [];
    return isIPv6(net) && Number(bits) <= 128 ? undefined : `invalid CIDR "${text}"`;
  }
  const [, start = '', end = ''] = /^([^-]*)-(.*)$/.exec(text) ?? [];
  const [first, last] = [start.trim(), end.trim()];
  if (isIPv6(first) && isIPv6(last)) return undefined;
  for (const [which, part, address] of [
    ['start', start, first],
    ['end', end, last],
  ]) {
    if (!isIPv6(address ?? '') && !parseAddressRange(`${address}/32`)) {
      return `invalid IP range "${text}": invalid ${which} IP "${part}"`;
    }
  }
  return `invalid IP range "${text}": start IP "${first}" is after the end IP "${last}"`;
}
