import { type AddressRange, addressesIn, contains } from './address-range.ts';
import { addressesOf, keyOf, type Service } from './api/objects.ts';

/** An IPAddressPool, read. */
export interface Pool {
  readonly name: string;
  readonly ranges: readonly AddressRange[];
  /** Whether a Service gets an address from here without asking for this pool. */
  readonly autoAssign: boolean;
}

/** What becomes of one Service. `problem` is MetalLB's own wording. */
export type Decision =
  | { readonly kind: 'kept' | 'given'; readonly address: string; readonly pool: string }
  | { readonly kind: 'refused'; readonly problem: string };

/**
 * Decides for each Service, in MetalLB's way: whoever has an address that fits keeps it; the others get, in order, what
 * their annotations ask for, or the lowest free address of the first pool that has one.
 */
export function allocate(pools: readonly Pool[], services: readonly Service[]): Map<Service, Decision> {
  const holders = new Map<string, Service>();
  const decisions = new Map<Service, Decision>();
  for (const service of services) {
    const [address] = addressesOf(service);
    const pool = address === undefined || holders.has(address) ? undefined : poolToKeep(pools, service, address);
    if (address === undefined || !pool) continue;
    holders.set(address, service);
    decisions.set(service, { kind: 'kept', address, pool: pool.name });
  }
  for (const service of services) {
    if (decisions.has(service)) continue;
    const decision = choose(pools, service, holders);
    if (decision.kind !== 'refused') holders.set(decision.address, service);
    decisions.set(service, decision);
  }
  return decisions;
}

/** The pool that an address is of. */
export function poolOf(pools: readonly Pool[], address: string): Pool | undefined {
  return pools.find(({ ranges }) => ranges.some(range => contains(range, address)));
}

/** The pool from which a Service may go on holding an address; none when its annotations now ask for another. */
function poolToKeep(pools: readonly Pool[], service: Service, address: string): Pool | undefined {
  const { wanted = address, poolName } = wishesOf(service);
  const pool = poolOf(pools, address);
  return wanted === address && (poolName === undefined || poolName === pool?.name) ? pool : undefined;
}

function wishesOf({ metadata }: Service): { wanted: string | undefined; poolName: string | undefined } {
  return {
    wanted: metadata.annotations?.['metallb.io/loadBalancerIPs']?.trim(),
    poolName: metadata.annotations?.['metallb.io/address-pool'],
  };
}

function choose(pools: readonly Pool[], service: Service, holders: ReadonlyMap<string, Service>): Decision {
  const { wanted, poolName } = wishesOf(service);
  const named = pools.filter(({ name }) => poolName === undefined || name === poolName);
  if (named.length === 0) return { kind: 'refused', problem: `unknown pool "${poolName}"` };
  if (wanted !== undefined) return chooseWanted(named, service, wanted, holders);
  for (const { name, ranges } of named.filter(({ autoAssign }) => autoAssign || poolName !== undefined)) {
    for (const range of ranges) {
      for (const address of addressesIn(range)) {
        if (!holders.has(address)) return { kind: 'given', address, pool: name };
      }
    }
  }
  return { kind: 'refused', problem: 'no available IPs' };
}

function chooseWanted(
  pools: readonly Pool[],
  service: Service,
  address: string,
  holders: ReadonlyMap<string, Service>,
): Decision {
  const pool = poolOf(pools, address);
  if (!pool) return { kind: 'refused', problem: `["${address}"] is not allowed in config` };
  const holder = holders.get(address);
  if (!holder) return { kind: 'given', address, pool: pool.name };
  const problem = `can't change sharing key for "${keyOf(service)}", address also in use by ${keyOf(holder)}`;
  return { kind: 'refused', problem };
}
