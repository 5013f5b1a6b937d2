import { assertNever } from '../../main/errors.ts';
import type { AppState, ClusterView, Setup } from '../contract.ts';
import { count, list, time } from './format.ts';

/** What is true as a whole: a sentence, and the line that explains it. */
export interface Headline {
  readonly title: string;
  readonly detail: string;
}

/** The window's first sentence; the tray has shorter ones of its own. */
function headline(state: AppState): Headline {
  const cluster = nameOf(state);
  switch (state.status) {
    case 'setup-needed':
      return setUp(state.setup);
    case 'connecting':
      return { title: `Connecting to ${cluster}`, detail: state.cluster?.server ?? '' };
    case 'applying':
      return {
        title: 'Syncing the hosts file',
        detail: state.hosts.asks ? 'Your computer may ask for an administrator password.' : state.hosts.path,
      };
    case 'write-failed':
      return notWritten(state);
    case 'paused':
      return { title: 'Syncing is paused', detail: sentences(untilWhen(state.pausedUntil), waiting(state)) };
    case 'conflict':
      return {
        title: 'Some names are already taken',
        detail: sentences('Hostnames says by what, and what that means.', waiting(state)),
      };
    case 'pending':
      return pending(state);
    case 'unreachable':
      return { title: outOfReach(cluster, state.cluster), detail: lastSeen(state) };
    case 'offline':
      return { title: 'This computer has no network', detail: lastSeen(state) };
    case 'stale':
      return { title: `No word from ${cluster}`, detail: lastSeen(state) };
    case 'ok':
      return inSync(state);
    default:
      return assertNever(state.status);
  }
}

function nameOf({ cluster }: AppState): string {
  return cluster?.name ?? 'your cluster';
}

function setUp(setup: Setup | undefined): Headline {
  switch (setup?.need) {
    case 'address':
      return { title: `Where is ${setup.context}?`, detail: 'Its kubeconfig names this computer, not the cluster.' };
    case 'program':
      return {
        title: `Log in to ${setup.context}?`,
        detail: 'Its kubeconfig asks to run a program, which needs your yes.',
      };
    default:
      return { title: 'Where is your cluster?', detail: 'Cluster Hosts needs a kubeconfig to find it.' };
  }
}

function notWritten({ hosts, lastWrite }: AppState): Headline {
  const why = hosts.refusal ?? lastWrite;
  return { title: 'Your hosts file was not changed', detail: why ? sentences(why.message, why.hint) : '' };
}

function untilWhen(until: number | null | undefined): string {
  return typeof until === 'number' ? `Until ${time(until)}.` : 'Until you resume it.';
}

function total({ hosts }: AppState): number {
  return hosts.pending.add + hosts.pending.update + hosts.pending.remove;
}

function waiting(state: AppState): string {
  const changes = total(state);
  return changes === 0 ? '' : `${count(changes, 'change waits', 'changes wait')}.`;
}

function pending(state: AppState): Headline {
  const { add, update, remove } = state.hosts.pending;
  if (state.hosts.held !== undefined) return { title: 'Many names would go at once', detail: state.hosts.held };
  if (total(state) === 0)
    return { title: 'The hosts file is to be written anew', detail: 'No name changes; only our own lines do.' };
  const parts = [
    add > 0 ? `${add} to add` : '',
    update > 0 ? `${update} to change` : '',
    remove > 0 ? `${remove} to remove` : '',
  ].filter(part => part !== '');
  return {
    title: count(total(state), 'change to review', 'changes to review'),
    detail: `${list(parts)}.`,
  };
}

function outOfReach(name: string, cluster: ClusterView | undefined): string {
  switch (cluster?.failure?.code) {
    case 'unauthorized':
    case 'plugin':
      return `Can’t log in to ${name}`;
    case 'forbidden':
      return `${name} does not let you look`;
    case 'certificate':
      return `Can’t trust the certificate of ${name}`;
    default:
      return `Can’t reach ${name}`;
  }
}

function lastSeen({ cluster }: AppState): string {
  const seen = cluster?.seenAt === undefined ? '' : `Last seen at ${time(cluster.seenAt)}.`;
  return sentences(seen, 'Your hosts file is unchanged.');
}

function inSync(state: AppState): Headline {
  const { entries } = state.hosts;
  if (state.traefik.state === 'no-address')
    return {
      title: 'Traefik has no address yet',
      detail: 'Without one its names have nowhere to point. MetalLB can give it one.',
    };
  if (entries > 0)
    return {
      title: 'Everything is in sync',
      detail: sentences(`${count(entries, 'hostname points', 'hostnames point')} at your cluster.`, consents(state)),
    };
  if (state.consents.length > 0) return { title: 'Nothing is written yet', detail: consents(state) };
  if (state.hosts.allLeftOut)
    return { title: 'No hostname goes into the hosts file', detail: 'Hostnames shows each, and why it is left out.' };
  return {
    title: 'No hostnames yet',
    detail: 'Add an Ingress or IngressRoute and it appears here within seconds.',
  };
}

function consents(state: AppState): string {
  const domains = state.consents.length;
  return domains === 0 ? '' : `${count(domains, 'domain waits', 'domains wait')} for your yes.`;
}

function sentences(...parts: readonly string[]): string {
  return parts.filter(part => part !== '').join(' ');
}

/** How syncing goes on, in a few words for the end of the sidebar. */
function syncLine(state: AppState): string {
  switch (state.status) {
    case 'setup-needed':
      return 'Not set up yet';
    case 'connecting':
      return 'Connecting';
    case 'applying':
      return 'Syncing';
    case 'write-failed':
      return 'The last sync failed';
    case 'unreachable':
    case 'stale':
      return 'Waiting for the cluster';
    case 'offline':
      return 'Waiting for the network';
    case 'paused':
      return typeof state.pausedUntil === 'number' ? `Paused until ${time(state.pausedUntil)}` : 'Paused';
    default:
      if (state.hosts.asks) return 'Asks before it writes';
      return state.settings.automatic && !state.cluster?.demo ? 'Syncing automatically' : 'Syncing when you say so';
  }
}

/** Words for what is true as a whole. */
export const status = { headline, syncLine };
