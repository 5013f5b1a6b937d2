import { plainText } from '../../cluster/plain-text.ts';
import { servedTraefik } from '../detect/services.ts';
import { listed } from './listed.ts';
import { type AddressFacts, type NodeNetwork, nodeNetworks, ownIn, placeOf } from './node-networks.ts';
import { type AddressRange, contains, countOf, isWithin, overlaps, rangeOf } from './ranges.ts';

/** Whole sentences. With a problem, MetalLB could not do its work, or would take somebody else's address. */
export interface Verdict {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** Addresses that no load balancer on a home network may have (IANA's special-purpose registries). */
const SPECIAL: readonly (readonly [what: string, ...networks: string[]])[] = [
  ['loopback addresses, which are this computer’s and every node’s own', '127.0.0.0/8', '::1/128'],
  ['link-local addresses, which no router and no name leads to', '169.254.0.0/16', 'fe80::/10'],
  ['multicast addresses', '224.0.0.0/4', 'ff00::/8'],
  ['reserved addresses', '0.0.0.0/8', '240.0.0.0/4', '::/128'],
];

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

/** Judges ranges that the user chose; `occupied` are those that something answers at. */
export function judge(ranges: readonly AddressRange[], facts: AddressFacts, occupied: ReadonlySet<string>): Verdict {
  const networks = nodeNetworks(facts);
  return {
    problems: [...kindProblems(ranges), ...takenProblems(ranges, facts, occupied), ...placeProblems(ranges, networks)],
    warnings: [
      ...placeWarnings(ranges, networks, facts),
      ...edgeWarnings(ranges, networks),
      ...changeWarnings(ranges, facts),
      ...askedWarnings(ranges, facts),
      ...(countOf(ranges) === 1n ? ['There is only one address: the first Service that asks gets it.'] : []),
      'Keep these addresses out of your router’s DHCP range.',
    ],
  };
}

function kindProblems(ranges: readonly AddressRange[]): readonly string[] {
  return ranges.flatMap(range => {
    const isIn = (networks: readonly string[]) => networks.flatMap(text => rangeOf(text) ?? []);
    const special = SPECIAL.find(([, ...networks]) => isIn(networks).some(each => overlaps(range, each)));
    if (special !== undefined) return [`${range.text} has ${special[0]}.`];
    if (isIn(PRIVATE).some(each => isWithin(range, each))) return [];
    return [`${range.text} has public addresses: they belong to somebody on the internet. Choose private ones.`];
  });
}

function takenProblems(
  ranges: readonly AddressRange[],
  { nodes, services, pools, surroundings }: AddressFacts,
  occupied: ReadonlySet<string>,
): readonly string[] {
  const isChosen = (address: string) => contains(ranges, address);
  const atNodes = nodes.flatMap(({ name, addresses }) =>
    addresses.filter(isChosen).map(address => ({ address, text: `${address} (${name})` })),
  );
  const routers = surroundings.gateways.filter(isChosen);
  const own = surroundings.own.map(({ address }) => address).filter(isChosen);
  // MetalLB itself answers for those that it gave already.
  const explained = [...atNodes, ...services].flatMap(each => ('address' in each ? [each.address] : each.addresses));
  const known = new Set([...explained, ...routers, ...own]);
  const others = [...occupied].filter(address => isChosen(address) && !known.has(address));
  const shared = pools.filter(
    pool => !pool.ours && poolRanges(pool).some(each => ranges.some(one => overlaps(one, each))),
  );
  return [
    ...sentence(
      'Nodes of the cluster have some of them: ',
      atNodes.map(({ text }) => text),
    ),
    ...sentence('The router has one of them: ', routers),
    ...sentence('This computer has one of them: ', own),
    ...sentence('Something on your network answers already at ', others),
    ...sentence(
      'Another pool of MetalLB has some of them: ',
      shared.map(pool => `${pool.name} (${pool.ranges.join(', ')})`),
    ),
  ];
}

/** An address of another network: nobody there asks the nodes for it. */
function placeProblems(ranges: readonly AddressRange[], networks: readonly NodeNetwork[]): readonly string[] {
  return ranges.flatMap(range => {
    const near = networks.filter(({ family }) => family === range.family);
    if (near.some(({ assumed }) => assumed) || near.some(network => isWithin(range, network))) return [];
    if (near.length === 0)
      return [`No node has a private IPv${range.family} address, so none can answer for ${range.text}.`];
    const where = listed(near.map(({ text }) => text));
    return [`${range.text} is not in the nodes’ network (${where}): nobody would ask them for these addresses.`];
  });
}

function placeWarnings(
  ranges: readonly AddressRange[],
  networks: readonly NodeNetwork[],
  { surroundings }: AddressFacts,
): readonly string[] {
  const own = ownIn(networks, surroundings);
  if (own?.wireless)
    return [
      `This computer is on Wi-Fi (${own.interface}), where ARP is often filtered: an address that is in use may look free, and one of MetalLB’s may not answer here.`,
    ];
  const assumed = networks.filter(network => network.assumed);
  if (own !== undefined || assumed.length === 0) return [];
  const place = placeOf(surroundings);
  const where = place === '' ? 'in no network' : `in another network (${place})`;
  const outside = ranges.filter(range => !assumed.some(network => isWithin(range, network)));
  return [
    `This computer is ${where} than the nodes: it reaches layer 2 addresses only through a router that knows the way to them, and cannot see which are in use.`,
    ...sentence(
      `The nodes’ network is taken to be ${listed(assumed.map(({ text }) => text))}; make sure that it has `,
      outside.map(({ text }) => text),
    ),
  ];
}

/** The first and the last address of a network are no machine's; .0 and .255 confuse old devices anywhere. */
function edgeWarnings(ranges: readonly AddressRange[], networks: readonly NodeNetwork[]): readonly string[] {
  const isEdge = (value: bigint) =>
    (value & 255n) === 0n ||
    (value & 255n) === 255n ||
    networks.some(({ first, last }) => value === first || value === last);
  const touching = ranges.filter(
    ({ family, first, last }) => family === 4 && (spansBlock(first, last) || isEdge(first) || isEdge(last)),
  );
  return sentence(
    'It has an address that means the network itself or all of its machines (as .0 and .255 do): ',
    touching.map(({ text }) => text),
  );
}

/** Whether a .255 and the .0 after it are in between. */
const spansBlock = (first: bigint, last: bigint): boolean => first >> 8n !== last >> 8n;

/** Services whose addresses come from elsewhere now: of ServiceLB, or of a pool that goes. */
function changeWarnings(ranges: readonly AddressRange[], { services, pools }: AddressFacts): readonly string[] {
  const kept = [...ranges, ...pools.filter(({ ours }) => !ours).flatMap(poolRanges)];
  const changing = services.filter(
    ({ loadBalancerClass, addresses }) =>
      loadBalancerClass === '' && addresses.length > 0 && !addresses.some(address => contains(kept, address)),
  );
  const texts = changing.map(({ namespace, name, addresses }) => `${namespace}/${name} (now ${listed(addresses, 1)})`);
  return sentence('These Services get another address: ', texts);
}

/** MetalLB gives a Service what it asks for, or nothing. */
function askedWarnings(ranges: readonly AddressRange[], facts: AddressFacts): readonly string[] {
  const { pinned = [], requested = '' } = servedTraefik(facts) ?? {};
  const others = [...pinned, requested].filter(address => address !== '' && !contains(ranges, address));
  return others.map(
    address =>
      `Traefik’s Service asks for ${plainText(address, 60)}, which is none of these addresses: it gets none until that is changed.`,
  );
}

const poolRanges = ({ ranges }: { readonly ranges: readonly string[] }): readonly AddressRange[] =>
  ranges.flatMap(text => rangeOf(text) ?? []);

const sentence = (start: string, texts: readonly string[]): readonly string[] =>
  texts.length === 0 ? [] : [`${start}${listed(texts)}.`];
