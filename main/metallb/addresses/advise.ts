import type { AddressesView } from '../../../preload/installer.ts';
import { MOST_TRIED, type Network } from '../../probe/network.ts';
import type { Survey } from '../survey.ts';
import { judge } from './judge.ts';
import { type AddressFacts, nodeNetworks } from './node-networks.ts';
import { type AddressRange, countOf, listAddresses, parseAddresses } from './ranges.ts';
import { candidates, suggest } from './suggest.ts';

/** All but what is so already. */
export type Advice = Omit<AddressesView, 'pin'>;

/**
 * What is to be said of addresses that the user typed; `undefined`: those of a pool that this program made, else a
 * suggestion. Looks who has the first 64 of them, in about a second. Throws where `signal` is aborted.
 */
export async function adviseAddresses(
  text: string | undefined,
  { nodes, services, pools, traefik }: Pick<Survey, 'nodes' | 'services' | 'pools' | 'traefik'>,
  network: Network,
  signal: AbortSignal,
): Promise<Advice> {
  const facts: AddressFacts = { nodes, services, pools, traefik, surroundings: await network.surroundings() };
  const wished = text ?? pools.find(({ ours }) => ours)?.ranges.join(', ');
  if (wished === undefined) return await suggestion(facts, network, signal);
  const parsed = parseAddresses(wished);
  if (!parsed.ok) return { ...NOTHING, text: wished, problems: [`${parsed.message} ${parsed.hint}`] };
  const { ranges, notes } = parsed;
  const occupied = await taken(listAddresses(ranges, MOST_TRIED), facts, network, signal);
  const rest =
    countOf(ranges) > MOST_TRIED ? [`Only the first ${MOST_TRIED} were looked at for machines that have them.`] : [];
  return view(ranges, [...notes, ...rest], facts, occupied);
}

const NOTHING: Advice = { text: '', count: 0, notes: [], problems: [], warnings: [] };

/**
 * Addresses that some machine has. Those that nothing answers at, but that a node's hardware is remembered for, were
 * MetalLB's a moment ago.
 */
async function taken(
  addresses: readonly string[],
  { nodes }: AddressFacts,
  network: Network,
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  const found = await network.occupied(addresses, signal);
  if (found.size === 0) return new Set();
  const hardware = await Promise.all(nodes.flatMap(node => node.addresses).map(each => network.hardwareAddress(each)));
  const isOfNode = async (address: string) => hardware.includes((await network.hardwareAddress(address)) || 'none');
  const real = [...found].map(async ([address, how]) =>
    how === 'known' && (await isOfNode(address)) ? [] : [address],
  );
  return new Set((await Promise.all(real)).flat());
}

async function suggestion(facts: AddressFacts, network: Network, signal: AbortSignal): Promise<Advice> {
  const tried = candidates(facts);
  const occupied = await taken(tried, facts, network, signal);
  const range = suggest(tried, occupied);
  if (range !== undefined) return view([range], [], facts, occupied);
  const [where] = nodeNetworks(facts);
  const problem =
    where === undefined
      ? 'No node has a private address, so there is no network to take addresses from.'
      : `No free address was found in ${where.text}. Type a range that is free.`;
  return { ...NOTHING, problems: [problem] };
}

function view(
  ranges: readonly AddressRange[],
  notes: readonly string[],
  facts: AddressFacts,
  occupied: ReadonlySet<string>,
): Advice {
  const text = ranges.map(range => range.text).join(', ');
  return { text, count: Number(countOf(ranges)), notes, ...judge(ranges, facts, occupied) };
}
