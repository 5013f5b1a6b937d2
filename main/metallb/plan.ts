import { isDeepStrictEqual } from 'node:util';
import { dump } from 'js-yaml';
import type { InstallWish, PlannedObject, PlanView } from '../../preload/installer.ts';
import type { KubeObject, ObjectApi } from '../cluster/object-api.ts';
import { plainText } from '../cluster/plain-text.ts';
import { record } from '../cluster/raw.ts';
import { AppError } from '../errors.ts';
import { contains as isIn, parseAddresses } from './addresses/ranges.ts';
import { type Chart, describeChart } from './chart.ts';
import { servedTraefik } from './detect/services.ts';
import { configObject, holderPath, ourPin } from './install/pin.ts';
import { PINNED } from './install/pinned-values.ts';
import {
  advertisementObject,
  helmChartObject,
  NAMESPACE,
  namespaceObject,
  PATHS,
  poolObject,
  VERSION,
} from './objects.ts';
import type { LoadBalancerFacts, Survey } from './survey.ts';

/** What a plan is made of. */
export interface PlanParts {
  readonly api: ObjectApi;
  readonly survey: Survey;
  readonly engine: 'helmchart' | 'helm';
  readonly chart: Chart;
  readonly wish: InstallWish;
}

/** Everything that an installation would do; it only reads. Throws an AppError for a wish that cannot come true. */
export async function makePlan(parts: PlanParts): Promise<PlanView> {
  const { engine, chart, wish } = parts;
  requirePossible(parts);
  const objects = await plannedObjects(parts);
  return {
    version: VERSION,
    source: plainText(describeChart(chart)),
    engine,
    sentences: sentences(parts, objects),
    objects,
    unchanged: unchanged(parts, objects),
    wish,
  };
}

function requirePossible({ wish: { addresses, pin }, survey: { traefik } }: PlanParts): void {
  const parsed = parseAddresses(addresses);
  if (!parsed.ok) throw new AppError('metallb', parsed.message, parsed.hint);
  if (pin === '') return;
  if (traefik !== undefined && traefik.loadBalancerClass !== '')
    throw new AppError('metallb', elsewhere(traefik), 'Go on without an address of Traefik’s own.');
  if (traefik !== undefined && traefik.requested !== '') {
    const message = `Traefik’s Service asks for ${plainText(traefik.requested)} itself, by spec.loadBalancerIP, and MetalLB takes only one of two ways to ask.`;
    throw new AppError(
      'metallb',
      message,
      'Take that out of the Service, or go on without an address of Traefik’s own.',
    );
  }
  if (isIn(parsed.ranges, pin)) return;
  const hint = 'Choose one of them, or let MetalLB choose.';
  throw new AppError('metallb', `Traefik’s own address ${plainText(pin)} is not one of ${addresses}.`, hint);
}

const elsewhere = ({ loadBalancerClass }: LoadBalancerFacts): string =>
  `Traefik asks for the load balancer ${plainText(loadBalancerClass, 100)}, and gets no address of MetalLB.`;

interface Candidate {
  readonly collection: string;
  readonly object: KubeObject;
  readonly summary: string;
}

async function plannedObjects(parts: PlanParts): Promise<readonly PlannedObject[]> {
  const planned = await Promise.all(
    (await candidates(parts)).map(async ({ collection, object, summary }): Promise<PlannedObject[]> => {
      const found = await parts.api.get(`${collection}/${object.metadata.name}`);
      // A namespace that is there is not made to look like ours.
      if (found !== undefined && (object.kind === 'Namespace' || contains(found, object))) return [];
      const { name, namespace = '' } = object.metadata;
      const action = found === undefined ? 'create' : 'change';
      return [{ action, kind: object.kind, namespace, name, summary, yaml: yamlOf(object) }];
    }),
  );
  return planned.flat();
}

/** To be read: a packed chart is told by its size. Characters that a terminal would obey are left out. */
function yamlOf({ spec, ...object }: KubeObject): string {
  const { chartContent, ...fields } = record(spec);
  const bytes = typeof chartContent === 'string' ? Buffer.byteLength(chartContent, 'base64') : 0;
  const packed = bytes > 0 ? { chartContent: `${Math.ceil(bytes / 1024)} KiB, packed` } : {};
  const shown = { ...object, ...(spec !== undefined && { spec: { ...fields, ...packed } }) };
  return dump(shown, { lineWidth: -1 }).replace(/[^\P{C}\n]/gu, '');
}

async function candidates({ api, survey, engine, chart, wish }: PlanParts): Promise<readonly Candidate[]> {
  const release = { collection: PATHS.helmCharts, object: helmChartObject(chart), summary: 'Has K3s install MetalLB.' };
  return [
    { collection: PATHS.namespaces, object: namespaceObject(), summary: 'Holds all of MetalLB.' },
    ...(engine === 'helmchart' ? [release] : []),
    { collection: PATHS.pools, object: poolObject(rangesOf(wish)), summary: 'The addresses that MetalLB may give.' },
    { collection: PATHS.advertisements, object: advertisementObject(), summary: 'Has the nodes answer for them.' },
    ...(await pinCandidates(api, survey, wish.pin)),
  ];
}

/** Of what holds Traefik's own address; none where it has none and is to have none. */
async function pinCandidates(api: ObjectApi, survey: Survey, pin: string) {
  const { traefikIsPackaged } = survey;
  const traefik = servedTraefik(survey);
  if (traefik === undefined) return [];
  const { namespace, name } = traefik;
  const holder = await api.get(holderPath({ namespace, name, isPackaged: traefikIsPackaged }));
  const ours = ourPin(holder);
  if (pin === '' && ours === undefined) return [];
  const summary = pin === '' ? `Traefik does not ask for ${ours} any more.` : `Has Traefik ask for ${pin}.`;
  if (traefikIsPackaged) return [{ collection: PATHS.helmChartConfigs, object: configObject(holder, pin), summary }];
  const metadata = { name, namespace, annotations: { [PINNED]: pin } };
  const collection = `/api/v1/namespaces/${namespace}/services`;
  return [{ collection, object: { apiVersion: 'v1', kind: 'Service', metadata }, summary }];
}

/** All that is wished is there already; what else is there does not matter. */
function contains(found: unknown, wished: unknown): boolean {
  if (typeof wished !== 'object' || wished === null || Array.isArray(wished)) return isDeepStrictEqual(found, wished);
  const there = record(found);
  return Object.entries(wished).every(([key, value]) => contains(there[key], value));
}

function rangesOf({ addresses }: InstallWish): readonly string[] {
  const parsed = parseAddresses(addresses);
  return parsed.ok ? parsed.ranges.map(({ text }) => text) : [];
}

function sentences({ engine, chart, survey, wish }: PlanParts, objects: readonly PlannedObject[]): readonly string[] {
  const by =
    engine === 'helmchart'
      ? 'K3s installs it with its own helm, inside the cluster'
      : 'helm installs it from this computer';
  const isThere =
    survey.metallb?.ours === true && survey.metallb.version === VERSION && survey.metallb.releaseStatus === 'deployed';
  const chartSentence = isThere
    ? `MetalLB ${VERSION} is there already and stays.`
    : `MetalLB ${VERSION} is installed in the namespace ${NAMESPACE}, from ${plainText(describeChart(chart))}: ${by}. BGP stays off.`;
  return [
    chartSentence,
    objects.some(({ kind }) => kind === 'IPAddressPool')
      ? `MetalLB may give the addresses ${rangesOf(wish).join(', ')}, and the nodes answer for them.`
      : `The addresses ${rangesOf(wish).join(', ')} stay as they are.`,
    ...objects.filter(({ name }) => name === survey.traefik?.name).map(({ summary }) => summary),
    traefikSentence(survey.traefik),
  ];
}

function traefikSentence(traefik: Survey['traefik']): string {
  if (traefik === undefined) return 'There is no Traefik yet: it gets an address as soon as it is there.';
  if (traefik.loadBalancerClass !== '') return elsewhere(traefik);
  return 'Then Traefik gets its address, and it is tried from this computer.';
}

function unchanged({ survey }: PlanParts, objects: readonly PlannedObject[]): readonly string[] {
  const isTraefikTold = objects.some(({ name }) => name === survey.traefik?.name);
  const waiting = survey.services.filter(
    ({ addresses, loadBalancerClass }) => addresses.length === 0 && loadBalancerClass === '',
  );
  const others = waiting
    .filter(({ namespace, name }) => namespace !== survey.traefik?.namespace || name !== survey.traefik.name)
    .map(({ namespace, name }) => `${namespace}/${name}`);
  return [
    'Your applications, Ingresses and routes are not touched.',
    ...(isTraefikTold ? [] : ['Traefik’s settings stay as they are.']),
    ...(others.length === 0
      ? []
      : [`Nothing is written to ${others.join(', ')}, but they get addresses too.`].map(text => plainText(text))),
    'This computer’s hosts file is written later, and only when you say so.',
    ...(survey.isK3s ? ['Nothing is changed on the nodes themselves.'] : []),
  ];
}
