import { formatIp, parseIp } from '../../probe/ip.ts';
import { MOST_TRIED } from '../../probe/network.ts';
import { type AddressFacts, nodeNetworks } from './node-networks.ts';
import { type AddressRange, contains, rangeBetween, rangeOf } from './ranges.ts';

/** As 10.0.0.70-10.0.0.80 has. */
const WANTED = 11n;

/**
 * IPv4 addresses of the nodes' network that nobody is known to have, the best first: from multiples of ten above the
 * nodes, then below them. Whoever asks still has to see which are free.
 */
export function candidates(facts: AddressFacts): readonly string[] {
  const network = nodeNetworks(facts).find(({ family }) => family === 4);
  if (network === undefined) return [];
  const { top, first, last } = aroundNodes(network, facts);
  const isKnown = knownAddresses(facts);
  const values = startsIn(first, last, top).flatMap(start => valuesFrom(start, last));
  const rest = valuesFrom(first, last, last - first + 1n);
  const free = [...new Set([...values, ...rest])].map(value => formatIp({ family: 4, value }));
  return free.filter(address => !isKnown(address)).slice(0, MOST_TRIED);
}

/** Up to eleven of the candidates in a row, none of them occupied, from a multiple of ten if that costs none; `undefined` where none is left. */
export function suggest(tried: readonly string[], occupied: ReadonlySet<string>): AddressRange | undefined {
  const free = new Set(
    tried.filter(address => !occupied.has(address)).flatMap(address => parseIp(address)?.value ?? []),
  );
  let best: { readonly first: bigint; readonly size: bigint } | undefined;
  for (const first of [...free].toSorted((a, b) => Number(isTen(b)) - Number(isTen(a)))) {
    let size = 1n;
    while (size < WANTED && free.has(first + size)) size++;
    if (best === undefined || size > best.size) best = { first, size };
  }
  return best && rangeBetween(4, best.first, best.first + best.size - 1n);
}

/** The nodes' last 256 addresses of a network, which may be larger, without its first and last; `top` is the last node. */
function aroundNodes(network: AddressRange, { nodes }: AddressFacts): Record<'top' | 'first' | 'last', bigint> {
  const inside = nodes.flatMap(node => node.addresses).filter(address => contains([network], address));
  const values = inside.flatMap(address => parseIp(address)?.value ?? []);
  const top = values.reduce((max, value) => (value > max ? value : max), network.first);
  const block = top & ~255n;
  return {
    top,
    first: (network.first > block ? network.first : block) + 1n,
    last: (network.last < block + 255n ? network.last : block + 255n) - 1n,
  };
}

/** Counted by the last octet. */
const isTen = (value: bigint): boolean => (value & 255n) % 10n === 0n;

/** Multiples of ten: above the nodes, then down from them. */
function startsIn(first: bigint, last: bigint, top: bigint): readonly bigint[] {
  const tens = valuesFrom(first, last, last - first + 1n).filter(isTen);
  return [...tens.filter(value => value > top), ...tens.filter(value => value < top).reverse()];
}

function valuesFrom(start: bigint, last: bigint, count = WANTED): readonly bigint[] {
  const values: bigint[] = [];
  for (let value = start; value <= last && value < start + count; value++) values.push(value);
  return values;
}

/** Nodes, Services, pools, routers, this computer itself, and both ends of the networks around. */
function knownAddresses(facts: AddressFacts): (address: string) => boolean {
  const { nodes, services, pools, surroundings } = facts;
  const known = new Set([
    ...[...nodes, ...services].flatMap(({ addresses }) => addresses),
    ...surroundings.gateways,
    ...surroundings.own.map(({ address }) => address),
    ...nodeNetworks(facts).flatMap(({ family, first, last }) =>
      [first, last].map(value => formatIp({ family, value })),
    ),
  ]);
  const taken = pools.flatMap(({ ranges }) => ranges.flatMap(text => rangeOf(text) ?? []));
  return address => known.has(address) || contains(taken, address);
}
