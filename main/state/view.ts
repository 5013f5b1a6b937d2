import type {
  AppState,
  ClusterView,
  Failure,
  HostsView,
  MetallbView,
  ServiceView,
  Status,
  TraefikView,
} from '../../preload/contract.ts';
import type { Kind, Node, Service } from '../cluster/objects.ts';
import { plainText } from '../cluster/plain-text.ts';
import type { NamePolicy } from '../desired/name-policy.ts';
import { clusterDomain } from '../desired/rules.ts';
import type { AppError } from '../errors.ts';
import { type Announcer, type MetallbStatus, unknownStatus } from '../metallb/status.ts';
import type { NoPass, Pass } from '../sync/reconcile.ts';

/** An error for the window. */
export function failureOf(error: AppError): Failure {
  return { code: error.code, message: plainText(error.message), hint: plainText(error.hint) };
}

/** All that the status as a whole depends on. */
export interface StatusFacts {
  readonly setup: AppState['setup'];
  readonly pass: Pass | NoPass | undefined;
  readonly writing: boolean;
  readonly lastWrite: AppState['lastWrite'];
  readonly paused: boolean;
  readonly connection: ClusterView['connection'];
  /** This computer has a network. */
  readonly online: boolean;
  /** For so long nothing was heard of the cluster. */
  readonly silentMs: number;
}

/** The worst that is true. */
export function statusOf({ setup, pass, writing, lastWrite, paused, ...reach }: StatusFacts): Status {
  if (setup !== undefined) return 'setup-needed';
  if (writing) return 'applying';
  if (pass !== undefined && pass.state !== 'ready') return 'write-failed';
  if (lastWrite !== undefined && FAILED.has(lastWrite.outcome)) return 'write-failed';
  if (paused) return 'paused';
  if (pass === undefined) return awayOf(reach) ?? 'connecting';
  if (pass.plan.counts.blocked > 0 && pass.plan.rows.some(({ line }) => line !== undefined)) return 'conflict';
  if (pass.before.text !== pass.after.text || pass.held !== undefined) return 'pending';
  return awayOf(reach) ?? 'ok';
}

/** A watch that is well is heard every minute, and a failing one is told within two: this is a computer that slept. */
const STALE_MS = 300_000;

function awayOf({
  connection,
  online,
  silentMs,
}: Pick<StatusFacts, 'connection' | 'online' | 'silentMs'>): 'unreachable' | 'offline' | 'stale' | undefined {
  // One that answers needs no network: it is on this computer. One that does not is no fault where there is none.
  if (connection !== 'live' && !online) return 'offline';
  if (connection === 'unreachable') return 'unreachable';
  return silentMs > STALE_MS ? 'stale' : undefined;
}

const FAILED: ReadonlySet<string> = new Set(['changed-meanwhile', 'not-permitted', 'failed']);

/** Traefik's address, and the pool that it is of. */
export function traefikView(traefik: Service | undefined): TraefikView {
  if (traefik === undefined) return { state: 'absent', address: '', service: '', pool: '' };
  const [address = ''] = addressesOf(traefik);
  const service = plainText(`${traefik.namespace}/${traefik.name}`);
  const pool = plainText(traefik.annotations['metallb.io/ip-allocated-from-pool'] ?? '');
  return { state: address === '' ? 'no-address' : 'ready', address, service, pool };
}

/** The Services that want an address, by name. */
export function servicesView(services: readonly Service[]): readonly ServiceView[] {
  return services
    .filter(({ type }) => type === 'LoadBalancer')
    .map(service => ({
      namespace: plainText(service.namespace),
      name: plainText(service.name),
      addresses: addressesOf(service),
    }))
    .sort((a, b) => (`${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1));
}

function addressesOf({ status }: Service): readonly string[] {
  return status.map(({ ip, hostname }) => plainText(ip || hostname));
}

export function nodesView(nodes: readonly Node[]): ClusterView['nodes'] {
  return { ready: nodes.filter(({ ready }) => ready).length, total: nodes.length };
}

/** Kinds of a cluster that answers which somebody might miss: those that are not there at all ask for nothing. */
export function kindsView(
  kinds: readonly { readonly kind: Kind; readonly state: string; readonly message: string }[],
): ClusterView['kinds'] {
  return kinds
    .filter(({ state }) => state !== 'live' && state !== 'absent')
    .map(({ kind, state, message }) => ({ kind, state, message: plainText(message) }));
}

export function metallbView(status: MetallbStatus | undefined, announcers: readonly Announcer[]): MetallbView {
  const { state, version, managedBy, ours, owner, pools, problems } = status ?? unknownStatus([]);
  // Who keeps it is asked where something is to be changed.
  const told = problems.length === 0 || owner === '' ? problems : [...new Set([...problems, owner])];
  return {
    ...{ state, version: plainText(version), managedBy, ours },
    pools: pools.map(({ name, ranges, used, total }) => ({
      ...{ name: plainText(name), ranges: ranges.map(range => plainText(range)), used, total },
    })),
    announcers: announcers.map(({ service, node }) => ({ service: plainText(service), node: plainText(node) })),
    problems: told.map(problem => plainText(problem, 600)),
  };
}

/** What a pass says of the file. */
export function passView(
  pass: Pass | NoPass | undefined,
): Pick<HostsView, 'entries' | 'allLeftOut' | 'pending' | 'changed' | 'held' | 'refusal'> {
  const nothing = { entries: 0, pending: { add: 0, update: 0, remove: 0 }, changed: false };
  if (pass === undefined) return nothing;
  if (pass.state !== 'ready')
    return { ...nothing, refusal: { code: 'hosts-file', message: pass.message, hint: pass.hint } };
  const { add, update, remove } = pass.plan.counts;
  const changed = pass.before.text !== pass.after.text;
  const asked = () => pass.plan.rows.length + pass.plan.skipped.length;
  return {
    ...{ entries: pass.current.length, pending: { add, update, remove }, changed },
    ...(pass.current.length + add === 0 && asked() > 0 && { allLeftOut: true }),
    ...(pass.held && { held: pass.held.message }),
  };
}

/** Domains that wait for a yes, those that would bring the most names first. */
export function consentsView(pass: Pass | NoPass | undefined): AppState['consents'] {
  const domains = new Map<string, number>();
  if (pass?.state === 'ready' && pass.plan.counts['needs-consent'] > 0)
    for (const { domain } of pass.plan.rows)
      if (domain !== undefined) domains.set(domain, (domains.get(domain) ?? 0) + 1);
  return [...domains].map(([domain, names]) => ({ domain, names })).sort((a, b) => b.names - a.names);
}

/** Routes without a host, under the cluster's own name. */
export function urlsView(pass: Pass | NoPass | undefined, policy: NamePolicy): AppState['urls'] {
  const paths = pass?.state === 'ready' ? pass.desired.paths : [];
  return paths.map(({ path, origin: { kind, namespace, name } }) => ({
    ...{ url: plainText(`https://${clusterDomain(policy)}${path}`), origin: { kind, namespace, name } },
  }));
}
