import type { KindStatus, Service } from '../cluster/objects.ts';
import { plainText } from '../cluster/plain-text.ts';
import { AppError } from '../errors.ts';
import { writeProblems } from '../hosts/elevation/open-hosts-file.ts';
import type { Way } from '../hosts/elevation/way.ts';
import { readHealth } from '../hosts/health.ts';
import { type MetallbStatus, unknownStatus } from '../metallb/status.ts';
import { explainKinds, readVersion } from '../sync/explain.ts';
import type { Pass } from '../sync/reconcile.ts';
import type { Session } from '../sync/session.ts';
import type { Command, Invocation } from './command.ts';
import { hostsWay, isSystemFile } from './hosts-file.ts';
import type { Io, Output } from './io.ts';
import { type Look, lookOnce } from './look.ts';
import { describeMetallb, readMetallb } from './metallb-state.ts';
import { exitOf } from './names.ts';
import { describeConsent, describePending, isPending, type Pending, pendingOf } from './pending.ts';
import { columns, count } from './text.ts';

export const statusCommand: Command = {
  name: 'status',
  takes: '',
  summary: 'Show the cluster, its addresses and the hosts file',
  options: [],
  run: invocation =>
    lookOnce(invocation, async look => {
      await showStatus(look, invocation);
      return exitOf(look.pass);
    }),
};

/** Prints the status of a cluster that was looked at. */
export async function showStatus(look: Look, invocation: Invocation): Promise<void> {
  const { options, io, out } = invocation;
  const status = await readStatus(look, hostsWay(options, io), invocation);
  if (out.json) out.value(status);
  else printStatus(status, describeConsent(look.pass.plan), out);
}

/** The answer of `status --json`. */
interface Status {
  readonly state: 'ok' | 'pending' | 'setup-needed';
  readonly headline: string;
  readonly cluster: {
    readonly name: string;
    readonly context: string;
    readonly server: string;
    readonly reachable: boolean;
    readonly version: string;
    readonly kinds: readonly KindStatus[];
  };
  readonly traefik: {
    readonly address: string;
    readonly service: string;
    /** `unknown`: Services cannot be read. */
    readonly state: 'ready' | 'no-address' | 'absent' | 'unknown';
  };
  readonly services: readonly {
    readonly namespace: string;
    readonly name: string;
    readonly addresses: readonly string[];
  }[];
  readonly metallb: MetallbStatus;
  readonly hostsFile: {
    readonly path: string;
    readonly way: Way['way'];
    /** Why it is written that way, as a sentence. */
    readonly wayReason: string;
    readonly pending: Pending;
    readonly problems: readonly string[];
  };
}

async function readStatus({ session, pass }: Look, way: Way, invocation: Invocation): Promise<Status> {
  const { io } = invocation;
  const { target, rules, source, file } = session;
  const [kinds, version, metallb, health] = await Promise.all([
    explainKinds(session),
    readVersion(session, io.interrupted),
    readMetallb(session, invocation).catch(metallbUnknown),
    fileHealth(session, pass, io),
  ]);
  const services = [...source.list('Service')].filter(({ type }) => type === 'LoadBalancer');
  const traefik = traefikOf(pass, source.status('Service').state === 'live');
  return {
    ...headlineOf(pass, traefik.state),
    cluster: {
      ...{ name: rules.policy.cluster, context: target.context.name, server: target.cluster.server, reachable: true },
      ...{ version, kinds },
    },
    traefik,
    services: services.map(service => ({
      namespace: service.namespace,
      name: service.name,
      addresses: addressesOf(service),
    })),
    metallb,
    hostsFile: {
      ...{ path: file.path, way: way.way, wayReason: way.reason, pending: pendingOf(pass.plan) },
      problems: [...fileProblems(pass), ...health, ...writeProblems(way)],
    },
  };
}

/** The rest of the status is worth telling all the same. */
function metallbUnknown(error: unknown): MetallbStatus {
  if (error instanceof AppError) return unknownStatus([`${error.message} ${error.hint}`]);
  throw error;
}

function headlineOf(pass: Pass, traefik: Status['traefik']['state']): Pick<Status, 'state' | 'headline'> {
  if (isPending(pass))
    return { state: 'pending', headline: `Changes pending: ${describePending(pendingOf(pass.plan))}.` };
  if (traefik === 'no-address') return { state: 'setup-needed', headline: 'Traefik has no address yet.' };
  if (traefik === 'unknown')
    return { state: 'setup-needed', headline: 'Services cannot be read, so Traefik’s address is not known.' };
  if (traefik === 'absent') return { state: 'setup-needed', headline: 'The cluster has no Traefik.' };
  return { state: 'ok', headline: `In sync: ${count(pass.plan.entries.length, 'entry', 'entries')}.` };
}

function traefikOf({ desired: { traefik } }: Pass, isLive: boolean): Status['traefik'] {
  if (traefik === undefined) return { address: '', service: '', state: isLive ? 'absent' : 'unknown' };
  const [address = ''] = addressesOf(traefik);
  return { address, service: `${traefik.namespace}/${traefik.name}`, state: address === '' ? 'no-address' : 'ready' };
}

const NO_SERVICE = { ready: '', 'no-address': '', absent: 'none', unknown: 'not known: Services cannot be read' };

function addressesOf({ status }: Service): readonly string[] {
  return status.map(({ ip, hostname }) => ip || hostname);
}

function fileProblems({ edited, plan }: Pass): readonly string[] {
  const problems = edited ? ['Somebody edited the lines between our markers; sync puts them back.'] : [];
  const blocked = plan.rows
    .filter(({ state }) => state === 'blocked')
    .map(({ hostname, reason }) => `${hostname}: ${reason}`);
  return [...problems, ...blocked];
}

async function fileHealth({ file }: Session, { before }: Pass, io: Io): Promise<readonly string[]> {
  const parsed = file.parse(before.text);
  if (parsed.state !== 'ok') return [];
  const findings = await readHealth(file.path, parsed.hosts, isSystemFile(file, io));
  return findings.map(({ message, hint }) => `${message} ${hint}`);
}

function printStatus(status: Status, consent: string, out: Output): void {
  const { cluster, traefik, metallb, hostsFile } = status;
  out.line(out.style('bold', status.headline));
  out.line();
  const rows = [
    [
      'Cluster',
      `${cluster.name} (context ${plainText(cluster.context)}) at ${plainText(cluster.server)}, ${plainText(cluster.version)}`,
    ],
    [
      'Traefik',
      traefik.service === ''
        ? NO_SERVICE[traefik.state]
        : `${plainText(traefik.address) || 'no address yet'} (${plainText(traefik.service)})`,
    ],
    ['MetalLB', describeMetallb(metallb)],
    ['Hosts file', `${hostsFile.path}. ${hostsFile.wayReason}`],
  ];
  for (const line of columns(rows)) out.line(line);
  const services = status.services.map(({ namespace, name, addresses }) => [
    `${namespace}/${name}`,
    addresses.join(', ') || 'no address yet',
  ]);
  printSection('Services', services, out);
  const problems = [...hostsFile.problems, ...metallb.problems].map(problem => [plainText(problem)]);
  printSection('To look at', problems, out);
  if (consent !== '') out.note(consent);
}

function printSection(title: string, rows: readonly (readonly string[])[], out: Output): void {
  if (rows.length === 0) return;
  out.line();
  out.line(out.style('bold', title));
  for (const line of columns(rows.map(row => row.map(cell => plainText(cell))))) out.line(`  ${line}`);
}
