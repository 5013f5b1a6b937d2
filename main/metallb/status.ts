import { systemClock } from '../cluster/clock.ts';
import type { Connection } from '../cluster/connection.ts';
import { list, record, text } from '../cluster/fields.ts';
import type { IPAddressPool } from '../cluster/objects.ts';
import { getJson, StatusError } from '../cluster/requests.ts';
import type { Source } from '../cluster/source.ts';

/**
 * How MetalLB stands. `foreign`: parts of it are there (its kinds, its webhook), but no controller that can be known
 * as MetalLB's; `unknown`: this user may not look.
 */
export interface MetallbStatus {
  readonly state: 'absent' | 'installing' | 'ready' | 'degraded' | 'foreign' | 'unknown';
  readonly version: string;
  /** `helm`, `helmchart` (K3s), `argocd`, `flux`, `manifests`; `''` where there is none. */
  readonly managedBy: string;
  readonly pools: readonly Pool[];
  /** Whole sentences. */
  readonly problems: readonly string[];
}

/** A pool of addresses; the numbers are `null` where MetalLB does not tell them (before 0.15). */
export interface Pool {
  readonly name: string;
  readonly ranges: readonly string[];
  readonly used: number | null;
  readonly total: number | null;
}

type Raw = Readonly<Record<string, unknown>>;

/** Labels of the official chart (Bitnami's are the same), then of the manifests. */
const SELECTORS = ['app.kubernetes.io/name=metallb', 'app=metallb'];

/** Younger than this, what is not ready yet is still being installed. */
const INSTALLING_MS = 10 * 60_000;

/** Looks at MetalLB's workloads, pools and advertisements. Throws what the network threw. */
export async function readMetallb(
  connection: Pick<Connection, 'get'>,
  source: Source,
  signal: AbortSignal,
): Promise<MetallbStatus> {
  const get = (path: string) => getItems(path, connection, signal);
  const [deployments, daemonSets, l2, bgp, charts, serviceLb] = await Promise.all([
    Promise.all(
      SELECTORS.map(selector => get(`/apis/apps/v1/deployments?labelSelector=${encodeURIComponent(selector)}`)),
    ),
    Promise.all(
      SELECTORS.map(selector => get(`/apis/apps/v1/daemonsets?labelSelector=${encodeURIComponent(selector)}`)),
    ),
    get('/apis/metallb.io/v1beta1/l2advertisements'),
    get('/apis/metallb.io/v1beta1/bgpadvertisements'),
    get('/apis/helm.cattle.io/v1/helmcharts'),
    get('/apis/apps/v1/daemonsets?labelSelector=svccontroller.k3s.cattle.io%2Fnodeselector'),
  ]);
  const pools = [...source.list('IPAddressPool')].map(poolOf);
  const problems = serviceLb?.length
    ? ['K3s’ own load balancer (ServiceLB) is on, too: the two fight over the addresses.']
    : [];
  const controller = deployments.flat().find(item => componentOf(item) === 'controller');
  if (deployments.includes(undefined)) return { state: 'unknown', version: '', managedBy: '', pools, problems };
  if (controller === undefined) {
    const state = source.status('IPAddressPool').state === 'absent' ? 'absent' : 'foreign';
    return { state, version: '', managedBy: '', pools, problems };
  }
  const speaker = daemonSets.flat().find(item => componentOf(item) === 'speaker');
  const faults = [...workloadProblems(controller, speaker), ...configurationProblems(pools, l2, bgp), ...problems];
  const age = Date.now() - Date.parse(text(record(controller.metadata).creationTimestamp));
  const state =
    faults.length === 0 ? 'ready' : age < INSTALLING_MS && !isAvailable(controller) ? 'installing' : 'degraded';
  return { state, version: versionOf(controller), managedBy: managerOf(controller, charts), pools, problems: faults };
}

/** Which node answers for which Service's address (L2); MetalLB says so from 0.14 on. */
export interface Announcer {
  /** `namespace/name`. */
  readonly service: string;
  readonly node: string;
}

/** Throws what the network threw; empty where MetalLB does not tell. */
export async function readAnnouncers(
  connection: Pick<Connection, 'get'>,
  signal: AbortSignal,
): Promise<readonly Announcer[]> {
  const items = await getItems('/apis/metallb.io/v1beta1/servicel2statuses', connection, signal);
  return (items ?? []).map(({ status }) => {
    const { node, serviceName, serviceNamespace } = record(status);
    return { service: `${text(serviceNamespace)}/${text(serviceName)}`, node: text(node) };
  });
}

/** The items of a list; empty where the kind is not there, `undefined` where it may not be read. */
async function getItems(
  path: string,
  connection: Pick<Connection, 'get'>,
  signal: AbortSignal,
): Promise<readonly Raw[] | undefined> {
  try {
    const answer = await getJson(path, { connection, accept: 'application/json', clock: systemClock, signal });
    return list(answer.items).map(record);
  } catch (error) {
    if (error instanceof StatusError && error.status === 404) return [];
    if (error instanceof StatusError && error.status === 403) return undefined;
    throw error;
  }
}

function poolOf({ name, addresses, assigned, available }: IPAddressPool): Pool {
  const total = assigned === undefined || available === undefined ? null : assigned + available;
  return { name, ranges: addresses, used: assigned ?? null, total };
}

function labelsOf(item: Raw | undefined): Raw {
  return record(record(item?.metadata).labels);
}

function componentOf(item: Raw | undefined): string {
  const labels = labelsOf(item);
  return text(labels['app.kubernetes.io/component']) || text(labels.component);
}

function isAvailable(deployment: Raw): boolean {
  const { availableReplicas } = record(deployment.status);
  return typeof availableReplicas === 'number' && availableReplicas > 0;
}

function workloadProblems(controller: Raw, speaker: Raw | undefined): readonly string[] {
  const problems = isAvailable(controller)
    ? []
    : ['MetalLB’s controller is not running, so no Service gets an address.'];
  if (speaker === undefined) return [...problems, 'MetalLB has no speakers, so nobody announces its addresses.'];
  const { desiredNumberScheduled: wanted, numberReady: ready } = record(speaker.status);
  if (typeof wanted === 'number' && wanted > 0 && ready === wanted) return problems;
  return [...problems, `${Number(ready) || 0} of ${Number(wanted) || 0} MetalLB speakers are ready.`];
}

function configurationProblems(
  pools: readonly Pool[],
  l2: readonly Raw[] | undefined,
  bgp: readonly Raw[] | undefined,
): readonly string[] {
  if (pools.length === 0) return ['MetalLB has no address pool, so no Service gets an address.'];
  const advertised = [...(l2 ?? []), ...(bgp ?? [])].length > 0 || l2 === undefined || bgp === undefined;
  return advertised ? [] : ['MetalLB has no advertisement, so its addresses do not answer.'];
}

function versionOf(controller: Raw): string {
  const labelled = text(labelsOf(controller)['app.kubernetes.io/version']);
  const template = record(record(record(controller.spec).template).spec);
  const images = list(template.containers).map(container => text(record(container).image));
  const tagged = images.map(image => /metallb.*:v?([0-9][^@]*)/.exec(image)?.[1]).find(tag => tag !== undefined);
  return labelled.replace(/^v/, '') || tagged || '';
}

function managerOf(controller: Raw, charts: readonly Raw[] | undefined): string {
  const labels = labelsOf(controller);
  const annotations = record(record(controller.metadata).annotations);
  if (text(labels['argocd.argoproj.io/instance']) !== '') return 'argocd';
  if (text(labels['helm.toolkit.fluxcd.io/name']) !== '') return 'flux';
  const release = text(annotations['meta.helm.sh/release-name']);
  if (release === '') return 'manifests';
  return charts?.some(chart => text(record(chart.metadata).name) === release) ? 'helmchart' : 'helm';
}
