import { assertNever } from '../../main/errors.ts';
import type { MetallbView } from '../contract.ts';
import { count, decimal, list, time } from './format.ts';

interface Told {
  readonly title: string;
  readonly detail: string;
}

function headline(state: MetallbView['state']): Told {
  switch (state) {
    case 'absent':
      return {
        title: 'MetalLB is not installed',
        detail: 'It gives Services of type LoadBalancer an address of your network, where nothing else does.',
      };
    case 'installing':
      return { title: 'MetalLB is starting', detail: 'Addresses are given as soon as its controller runs.' };
    case 'ready':
      return { title: 'MetalLB is ready', detail: 'It gives Services their addresses, and its nodes answer for them.' };
    case 'degraded':
      return { title: 'MetalLB needs attention', detail: 'Some addresses may not be given, or may not answer.' };
    case 'foreign':
      return {
        title: 'Only parts of MetalLB were found',
        detail: 'Its kinds are in the cluster, but no controller that could be known as its own.',
      };
    case 'unknown':
      return {
        title: 'MetalLB cannot be seen',
        detail: 'Your user may not look at it. Names and addresses work all the same.',
      };
    default:
      return assertNever(state);
  }
}

function word(state: MetallbView['state']): string {
  switch (state) {
    case 'absent':
      return 'Not installed';
    case 'installing':
      return 'Starting';
    case 'ready':
      return 'Ready';
    case 'degraded':
      return 'Needs attention';
    case 'foreign':
      return 'Found in part';
    case 'unknown':
      return 'Not known';
    default:
      return assertNever(state);
  }
}

const MANAGERS: Readonly<Record<string, string>> = {
  helm: 'Helm',
  helmchart: 'the HelmChart object of K3s',
  argocd: 'Argo CD',
  flux: 'Flux',
  manifests: 'plain manifests',
  operator: 'an operator',
};

/** `Version 0.15.3 · installed by Helm · layer 2`. */
function facts(version: string, managedBy: string, isLayer2: boolean): string {
  return [
    version === '' ? 'Version not told' : `Version ${version}`,
    managedBy === '' ? '' : `installed by ${MANAGERS[managedBy] ?? managedBy}`,
    isLayer2 ? 'layer 2' : '',
  ]
    .filter(part => part !== '')
    .join(' · ');
}

/** Of MetalLB and the addresses that it gives. */
export const loadBalancer = {
  headline,
  word,
  waiting: { title: 'Waiting for the cluster', text: 'Its load balancer shows up here as soon as it answers.' },
  asLastSeen: (at: number | undefined) =>
    at === undefined ? 'The cluster does not answer' : `The cluster does not answer; this is as of ${time(at)}`,
  asLastSeenText: 'Addresses and pools may have changed since.',
  metallb: 'MetalLB',
  about: 'About MetalLB',
  facts,
  pools: 'Address pools',
  noPools: 'No address pool',
  noPoolsText: 'Without one, no Service gets an address of MetalLB.',
  used: (used: number, total: number) => `${decimal(used)} of ${decimal(total)} used`,
  usedOnly: (used: number) => `${decimal(used)} used`,
  usedUnknown: 'This MetalLB does not tell how many are used',
  full: (used: number, total: number) =>
    `Full, ${decimal(used)} of ${decimal(total)}: the next Service gets no address`,
  poolMeter: (pool: string) => `Addresses used of pool ${pool}`,
  services: 'Services with an address of their own',
  noAddress: 'No address yet',
  answered: (nodes: readonly string[]) => `${list(nodes)} ${nodes.length === 1 ? 'answers' : 'answer'} for it`,
  copyAddress: (address: string) => `Copy ${address}`,
  moreServices: (n: number) => `and ${count(n, 'more Service', 'more Services')}`,
  noServices: 'No Services of type LoadBalancer',
  noServicesText: 'Traefik is one as soon as it has a Service of that type.',
  absentText:
    'Cluster Hosts can install it: it looks whether everything is ready, suggests addresses, and shows what would be done before it does anything.',
  setUp: 'Set up MetalLB',
  changeAddresses: 'Change addresses',
  showProgress: 'Show how it goes',
  unfinished: 'An installation of MetalLB was not finished',
  unfinishedText: 'What was done so far is in the cluster. You can go on with it, or take it back.',
  remove: {
    action: 'Remove…',
    title: 'Remove MetalLB from the cluster?',
    text: 'First its addresses are withdrawn, so that Traefik and the other Services have none any more; then MetalLB itself goes. The names stay in your hosts file until you sync it.',
    confirm: 'Remove it',
  },
  toHostsFile: 'Look at the hosts file',
  foreignText:
    'Another load balancer may use its kinds, or an installation was left half done. Cluster Hosts changes nothing here; names follow the addresses that the Services really have.',
  unknownText: 'Ask for the right to list Deployments and DaemonSets in the cluster, and it shows up here.',
};
