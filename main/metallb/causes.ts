import { plainText } from '../cluster/plain-text.ts';
import { isInNetwork, isPrivate } from '../probe/ip.ts';
import type { OwnAddress, Surroundings } from '../probe/network.ts';
import { listed } from './addresses/listed.ts';
import { localNetworks, placeOf } from './addresses/node-networks.ts';
import { contains, rangeOf } from './addresses/ranges.ts';
import type { AdvertisementFacts, LoadBalancerFacts, NodeFacts, Survey } from './survey.ts';

/** Why an address may not answer; `sentence` says what is so, `wayOut` what to do. Both made plain. */
export interface Cause {
  readonly id:
    | 'no-advertisement'
    | 'node-excluded'
    | 'no-endpoint'
    | 'no-announcer'
    | 'taken'
    | 'other-network'
    | 'vpn'
    | 'firewall';
  readonly sentence: string;
  readonly wayOut: string;
}

/** What is known of an address that does not answer, in the cluster and from here. */
export interface UnreachableFacts {
  readonly address: string;
  /** The Service that has it; `undefined` where none has. */
  readonly service: LoadBalancerFacts | undefined;
  readonly survey: Pick<Survey, 'nodes' | 'pools' | 'advertisements' | 'announcers' | 'forbidden' | 'metallb'>;
  /** How many of its endpoints are ready; `undefined` where that cannot be told. */
  readonly readyEndpoints: number | undefined;
  readonly surroundings: Surroundings;
  /** The own address that packets to it leave from. */
  readonly way: OwnAddress | undefined;
  /** Who answers ARP for it; `''` for nobody that is known. */
  readonly hardwareAddress: string;
  /** Hardware addresses by the name of the node; those that are known. */
  readonly nodeHardware: ReadonlyMap<string, string>;
}

type Look = (facts: UnreachableFacts) => Cause | undefined;

/** The causes that the facts speak for, the likeliest first. The last is always a firewall, which no fact tells. */
export function likelyCauses(facts: UnreachableFacts): readonly Cause[] {
  const looks: readonly Look[] = [
    noAdvertisement,
    nodeExcluded,
    noEndpoint,
    noAnnouncer,
    takenByAnother,
    otherNetwork,
    throughVpn,
    behindFirewall,
  ];
  return looks.flatMap(look => look(facts) ?? []);
}

const noAdvertisement: Look = facts => {
  const pool = poolOf(facts);
  const { metallb, forbidden } = facts.survey;
  if (pool === '' || forbidden.some(kind => /^(l2|bgp)advertisements\./.test(kind))) return undefined;
  if (advertisementsOf(facts).length > 0) return undefined;
  return {
    id: 'no-advertisement',
    sentence: `No L2Advertisement covers the pool ${plainText(pool)}: no node answers for ${facts.address}.`,
    wayOut: `Create an L2Advertisement for it in the namespace ${plainText(metallb?.namespace ?? '') || 'metallb-system'}.`,
  };
};

const nodeExcluded: Look = facts => {
  const { nodes, announcers } = facts.survey;
  const advertisements = advertisementsOf(facts);
  const isL2 = advertisements.length > 0 && advertisements.every(({ kind }) => kind === 'L2Advertisement');
  if (!isL2 || nodes.length === 0 || announcers.some(({ service }) => service === keyOf(facts.service)))
    return undefined;
  const chosen = nodes.filter(node => advertisements.some(each => each.nodes?.includes(node.name) ?? true));
  if (chosen.some(({ ready, excluded }) => ready && !excluded)) return undefined;
  const excluded = chosen.filter(node => node.excluded);
  if (excluded.length === 0) return noNodeReady(facts.address, chosen, advertisements);
  return {
    id: 'node-excluded',
    sentence: `The nodes that may answer for ${facts.address} are kept out by a label: ${listed(excluded.map(({ name }) => name))}.`,
    wayOut: `Take it off: kubectl label node ${plainText(excluded[0]?.name ?? '')} node.kubernetes.io/exclude-from-external-load-balancers-`,
  };
};

function noNodeReady(
  address: string,
  chosen: readonly NodeFacts[],
  advertisements: readonly AdvertisementFacts[],
): Cause {
  const names = listed(advertisements.map(({ name }) => name));
  return {
    id: 'node-excluded',
    sentence: `No node that may answer for ${address} is ready (L2Advertisement ${names}).`,
    wayOut:
      chosen.length === 0
        ? 'The nodes that the L2Advertisement is limited to are not in this cluster: change its nodeSelectors.'
        : `See what is wrong with ${listed(chosen.map(({ name }) => name))}: kubectl describe node.`,
  };
}

const noEndpoint: Look = ({ service, readyEndpoints }) => {
  if (service === undefined || readyEndpoints !== 0) return undefined;
  return {
    id: 'no-endpoint',
    sentence: `${plainText(keyOf(service))} has no pod that is ready, and MetalLB announces no Service without one.`,
    wayOut: `See what its pods wait for: kubectl -n ${plainText(service.namespace)} get pods`,
  };
};

/** MetalLB tells who announces what from 0.14.6 on. */
const noAnnouncer: Look = ({ address, service, survey: { metallb, announcers, forbidden } }) => {
  if (service === undefined || service.pool === '' || !/^0\.(1[5-9]|[2-9][0-9])\./.test(metallb?.version ?? ''))
    return undefined;
  if (forbidden.includes('servicel2statuses.metallb.io') || announcers.some(each => each.service === keyOf(service)))
    return undefined;
  return {
    id: 'no-announcer',
    sentence: `No node has said yet that it answers for ${address}.`,
    wayOut: `If that stays so, restart MetalLB’s speakers: kubectl -n ${plainText(metallb?.namespace ?? '')} rollout restart daemonset`,
  };
};

/** ARP is answered by what is no node; a node with several cards may answer from any of them, hence "seems". */
const takenByAnother: Look = ({ address, service, survey, hardwareAddress, nodeHardware }) => {
  if (hardwareAddress === '') return undefined;
  if ([...nodeHardware.values()].includes(hardwareAddress)) return undefined;
  const announcer = survey.announcers.find(each => each.service === keyOf(service))?.node;
  const expected = announcer === undefined ? undefined : nodeHardware.get(announcer);
  if (service !== undefined && expected === undefined) return undefined;
  const instead =
    expected === undefined ? 'and no Service has it' : `not by ${plainText(announcer ?? '')} (${expected})`;
  return {
    id: 'taken',
    sentence: `Another machine seems to have ${address}: it is answered by ${hardwareAddress}, ${instead}.`,
    wayOut:
      'Give that machine another address, or take this one out of MetalLB’s pool and of your router’s DHCP range.',
  };
};

const otherNetwork: Look = ({ address, survey, surroundings }) => {
  const nodes = survey.nodes.flatMap(node => node.addresses).filter(isPrivate);
  const local = localNetworks(surroundings);
  const isLocal = (each: string) => local.some(own => isInNetwork(own, each));
  const together = local.some(own => isInNetwork(own, address) && nodes.some(each => isInNetwork(own, each)));
  if (together || nodes.length === 0) return undefined;
  if (isLocal(address) || nodes.every(isLocal))
    return {
      id: 'other-network',
      sentence: `${address} is in another network than the nodes (${listed(nodes)}): nobody asks them for it.`,
      wayOut: 'Give MetalLB a pool of addresses of the nodes’ network.',
    };
  const place = placeOf(surroundings);
  const here = place === '' ? 'in no network' : `in another network (${place}) than ${address}`;
  return {
    id: 'other-network',
    sentence: `This computer is ${here}, and layer 2 addresses are reached from there only through a router.`,
    wayOut: 'Connect to the cluster’s network, or have your router lead there.',
  };
};

const throughVpn: Look = ({ address, surroundings, way }) => {
  if (way?.tunnel)
    return {
      id: 'vpn',
      sentence: `This computer sends to ${address} through ${plainText(way.interface)}, a VPN.`,
      wayOut: 'Disconnect the VPN, or let it leave your own network alone.',
    };
  const tunnel = surroundings.own.find(own => own.tunnel && own.family === 4);
  if (tunnel === undefined) return undefined;
  return {
    id: 'vpn',
    sentence: `A VPN is on (${plainText(tunnel.interface)}), and some keep the local network out.`,
    wayOut: 'Try again without it, or allow local networks in its settings.',
  };
};

const behindFirewall: Look = ({ address, hardwareAddress, survey, service }) => {
  const node = plainText(survey.announcers.find(each => each.service === keyOf(service))?.node ?? '');
  const who = node === '' ? 'the node that answers for it' : node;
  return {
    id: 'firewall',
    sentence:
      hardwareAddress === ''
        ? `A firewall, or a switch or access point that filters ARP, may stand between this computer and ${who}.`
        : `ARP is answered for ${address}, so a firewall on ${who} or on this computer may keep connections out.`,
    wayOut:
      'Open the ports of the Service there. On macOS, also allow Local Network in System Settings › Privacy & Security.',
  };
};

/** The pool that MetalLB took the address from; `''` where it is of none. */
function poolOf({ address, service, survey }: UnreachableFacts): string {
  if (service !== undefined && service.pool !== '') return service.pool;
  return (
    survey.pools.find(({ ranges }) =>
      contains(
        ranges.flatMap(text => rangeOf(text) ?? []),
        address,
      ),
    )?.name ?? ''
  );
}

/** Those that cover the pool, or may: what selectors choose is not told. */
function advertisementsOf(facts: UnreachableFacts): readonly AdvertisementFacts[] {
  const pool = poolOf(facts);
  return facts.survey.advertisements.filter(
    ({ pools, hasPoolSelectors }) => hasPoolSelectors || pools.length === 0 || pools.includes(pool),
  );
}

const keyOf = (service: LoadBalancerFacts | undefined): string =>
  service === undefined ? '' : `${service.namespace}/${service.name}`;
