import { plainText } from '../cluster/plain-text.ts';
import { isInNetwork, isPrivate } from '../probe/ip.ts';
import { listed } from './addresses/listed.ts';
import { localNetworks, placeOf } from './addresses/node-networks.ts';
import { type Cause, keyOf, type Look, type UnreachableFacts } from './cause.ts';
import { noAdvertisement, noAnnouncer, nodeExcluded, noEndpoint } from './causes-in-cluster.ts';

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
