import type { AppState, ClusterView, HostsView, NameRow, NameSource } from '../../preload/contract.ts';
import { plainText } from '../cluster/plain-text.ts';
import { clusterDomain } from '../desired/rules.ts';
import { writeProblems } from '../hosts/elevation/open-hosts-file.ts';
import { systemHostsPath } from '../paths.ts';
import { sourcesOf } from '../state/name-sources.ts';
import type { NameRows } from '../state/names.ts';
import {
  consentsView,
  failureOf,
  kindsView,
  metallbView,
  nodesView,
  passView,
  servicesView,
  statusOf,
  traefikView,
  urlsView,
} from '../state/view.ts';
import type { ClusterWatch } from './cluster-watch.ts';
import type { Engine } from './engine.ts';

/** All that a window draws of an engine, but for the rows of names. */
export function appStateOf(
  engine: Engine,
  installer: AppState['installer'],
  system: AppState['system'],
  now = Date.now(),
): AppState {
  const { watch, chosen, lastWrite, pause } = engine;
  const pass = watch?.pass;
  const traefik = pass?.state === 'ready' ? pass.desired.traefik : undefined;
  const cluster = watch && clusterView(watch, engine.inDemo);
  const connection = cluster?.connection ?? 'connecting';
  const setup = chosen?.setup;
  const silentMs = cluster?.seenAt === undefined ? 0 : now - cluster.seenAt;
  const reach = { connection, online: system.online, silentMs };
  const facts = { setup, pass, lastWrite, writing: watch?.writing ?? false, paused: pause.on, ...reach };
  return {
    status: statusOf(facts),
    ...(pause.until !== undefined && { pausedUntil: pause.until }),
    ...{ system, setup, cluster, lastWrite, installer },
    contexts: (chosen?.contexts ?? []).map(name => plainText(name)),
    traefik: traefikView(traefik),
    services: watch ? servicesView(watch.session.source.list('Service')) : [],
    metallb: metallbView(watch?.facts.metallb, watch?.facts.announcers ?? []),
    hosts: hostsView(engine),
    consents: consentsView(pass),
    urls: watch ? urlsView(pass, watch.rules.policy) : [],
    activity: engine.activity,
    settings: engine.settings.settings,
  };
}

/** The rows of names of an engine. */
export function namesOf({ watch }: Engine, rows: NameRows): readonly NameRow[] {
  return watch?.pass?.state === 'ready' ? rows.of(watch.pass.plan) : [];
}

/** Who asks for a name in the cluster of an engine. */
export function nameSources({ watch }: Engine, hostname: string): readonly NameSource[] {
  return watch?.pass?.state === 'ready' ? sourcesOf(hostname, watch.pass.desired, watch.session.source) : [];
}

function clusterView({ session, rules, facts }: ClusterWatch, demo: boolean): ClusterView {
  const { source, target } = session;
  const { failure } = facts;
  const seenAt = source.heardAt;
  const connection = source.failure !== undefined ? 'unreachable' : source.ready ? 'live' : 'connecting';
  return {
    name: rules.policy.cluster,
    domain: clusterDomain(rules.policy),
    context: plainText(target.context.name),
    server: plainText(target.cluster.server),
    version: plainText(facts.version),
    nodes: nodesView(source.list('Node')),
    connection,
    ...(connection === 'unreachable' && failure !== undefined && { failure: failureOf(failure) }),
    ...(seenAt !== undefined && { seenAt }),
    // What was asked a moment ago may have come meanwhile.
    kinds: kindsView(facts.kinds.filter(({ kind, state }) => state === source.status(kind).state)),
    demo,
  };
}

function hostsView({ watch, writtenAt }: Engine): HostsView {
  const path = watch?.session.file.path ?? systemHostsPath(process.platform, process.env);
  const { way, reason } = watch?.way ?? { way: 'direct', reason: '' };
  const health = (watch?.health ?? []).map(({ message, hint }) => ({
    message: plainText(message),
    hint: plainText(hint),
  }));
  const problems = (watch ? writeProblems(watch.way) : []).map(message => ({ message, hint: '' }));
  return {
    ...{ path, way, wayReason: reason, asks: watch?.session.file.asks ?? false },
    ...passView(watch?.pass),
    health: [...health, ...problems],
    ...(writtenAt !== undefined && { writtenAt }),
    revision: watch?.revision ?? 0,
  };
}
