import type { Origin } from '../contract.ts';
import { ago, count } from './format.ts';

/** Of the overview. */
export const overview = {
  checked: (at: number, now: number) => `Checked ${ago(at, now)}.`,
  review: 'Review',
  showConflicts: 'Show conflicts',
  chain: 'How names get from the cluster to this computer',
  cluster: {
    title: 'Cluster',
    connected: 'Connected',
    connecting: 'Connecting',
    unreachable: 'Unreachable',
    offline: 'No network',
    offlineText: 'It is looked for again as soon as there is a network.',
    silent: 'No word',
    partly: 'Partly readable',
    nodes: (name: string, ready: number, total: number) =>
      `${name} · ${ready} of ${count(total, 'node', 'nodes')} ready`,
    kind: (kind: string, message: string) => (message === '' ? `${kind} cannot be read.` : `${kind}: ${message}`),
  },
  traefik: {
    title: 'Traefik address',
    fromPool: (pool: string) => `Assigned by MetalLB from pool “${pool}”`,
    ofService: (service: string) => `Of the Service ${service}`,
    noAddress: 'No load balancer has given it one.',
    absent: 'Traefik was not found in this cluster. Only Services with an address of their own get names.',
    setUp: 'Set up MetalLB',
    look: 'Look at it',
    none: 'None yet',
    notFound: 'Not found',
    copy: 'Copy the address of Traefik',
  },
  computer: {
    title: 'This computer',
    writtenAt: (path: string, at: number, now: number) => `${path} · last changed ${ago(at, now)}`,
    notWritten: (path: string) => `${path} · not changed by Cluster Hosts yet`,
    entries: (n: number) => count(n, 'entry', 'entries'),
    pending: (n: number) => `${n} pending`,
    refused: 'Cannot be written',
    look: 'Look at it',
  },
  names: {
    title: 'Hostnames',
    all: 'Show all',
    from: ({ kind, namespace }: Origin) =>
      kind === 'Manual' ? 'Typed by you' : namespace === '' ? kind : `${kind} · ${namespace}`,
    columns: { name: 'Name', address: 'Address', from: 'From' },
  },
  services: {
    title: 'Other addresses',
    copy: (service: string) => `Copy the address of ${service}`,
    none: 'No address yet',
    more: (n: number) => `And ${n} more`,
  },
  consents: {
    title: (domain: string) => `Allow names under ${domain}?`,
    text: (n: number) =>
      `${count(n, 'name of the cluster waits', 'names of the cluster wait')} for it. Nothing is written until then.`,
    allow: 'Allow',
    look: 'Look at them',
    more: (n: number) => `${count(n, 'more domain waits', 'more domains wait')} for your yes`,
  },
  demo: {
    title: 'This is the demo',
    text: 'A simulated home cluster and a hosts file of its own. Nothing on this computer is changed.',
    leave: 'Leave the demo',
  },
};
