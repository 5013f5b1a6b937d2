import { isInNetwork, isPrivate, networkOf, parseIp } from '../../probe/ip.ts';
import type { OwnAddress, Surroundings } from '../../probe/network.ts';
import type { Survey } from '../survey.ts';
import { type AddressRange, contains, rangeBetween } from './ranges.ts';

/** All that addresses for MetalLB are judged by. */
export interface AddressFacts extends Pick<Survey, 'nodes' | 'services' | 'pools' | 'traefik'> {
  readonly surroundings: Surroundings;
}

/** A network that nodes are in, and that machines answer ARP in. */
export interface NodeNetwork extends AddressRange {
  /** Nobody told how large it is: this computer is not in it. */
  readonly assumed: boolean;
}

/** How large a network is where nobody tells. */
const USUAL_PREFIX = { 4: 24, 6: 64 } as const;

/**
 * The networks of the nodes' private addresses, those of most nodes first: the network of this computer's own card that
 * has them, else an assumed /24 or /64.
 */
export function nodeNetworks({ nodes, surroundings }: AddressFacts): readonly NodeNetwork[] {
  const found = new Map<string, { readonly network: NodeNetwork; nodes: number }>();
  for (const address of nodes.flatMap(node => node.addresses).filter(isPrivate)) {
    const network = networkAround(address, localNetworks(surroundings));
    if (network === undefined) continue;
    const known = found.get(network.text) ?? { network, nodes: 0 };
    found.set(network.text, { ...known, nodes: known.nodes + 1 });
  }
  return [...found.values()].toSorted((a, b) => b.nodes - a.nodes).map(({ network }) => network);
}

function networkAround(address: string, own: readonly OwnAddress[]): NodeNetwork | undefined {
  const ip = parseIp(address);
  if (ip === undefined) return undefined;
  const card = own.find(each => isInNetwork(each, address));
  const network = networkOf(ip, card?.prefix ?? USUAL_PREFIX[ip.family]);
  return network && { ...rangeBetween(ip.family, network.first, network.last), assumed: card === undefined };
}

/** This computer's own addresses in networks that carry ARP. */
export function localNetworks({ own }: Surroundings): readonly OwnAddress[] {
  return own.filter(({ tunnel }) => !tunnel);
}

/** Where this computer is: the local network that has its router, else any; `10.1.0.5/24`, `''` for none. */
export function placeOf(surroundings: Surroundings): string {
  const local = localNetworks(surroundings);
  const home = local.find(own => surroundings.gateways.some(gateway => isInNetwork(own, gateway))) ?? local[0];
  return home === undefined ? '' : `${home.address}/${home.prefix}`;
}

/** The own address in one of these networks. */
export function ownIn(networks: readonly AddressRange[], surroundings: Surroundings): OwnAddress | undefined {
  return localNetworks(surroundings).find(({ address }) => contains(networks, address));
}
