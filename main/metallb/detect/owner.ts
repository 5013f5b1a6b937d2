import { annotationsOf, labelsOf, type RawObject } from '../../cluster/object-api.ts';
import { record, text } from '../../cluster/raw.ts';
import { NAMESPACE, RELEASE } from '../objects.ts';
import type { Manager } from '../survey.ts';
import { isOurs } from './ours.ts';

/** What there is of MetalLB, and around it, to know its owner by. */
export interface Traces {
  /** Its controller, or else its speaker. */
  readonly workload: RawObject | undefined;
  readonly webhook: RawObject | undefined;
  /** Metadata of Helm's Secrets. */
  readonly releases: readonly RawObject[];
  readonly helmCharts: readonly RawObject[];
  /** Plurals served in the group metallb.io. */
  readonly kinds: readonly string[];
}

export interface Owner {
  readonly managedBy: Manager;
  readonly ours: boolean;
  readonly release: string;
  /** The newest revision's Secret. */
  readonly secret: RawObject | undefined;
  /** The HelmChart of K3s that it comes from. */
  readonly chart: RawObject | undefined;
}

/** Who keeps MetalLB; `undefined` where there is no trace of it. */
export function ownerOf(traces: Traces): Owner | undefined {
  return traces.workload === undefined ? ownerOfBeginnings(traces) : ownerOfWorkload(traces.workload, traces);
}

function ownerOfWorkload(workload: RawObject, { releases, helmCharts, kinds }: Traces): Owner {
  const labels = labelsOf(workload);
  const annotations = annotationsOf(workload);
  const nobody = { ours: false, secret: undefined, chart: undefined };
  // Argo CD tracks by a label, or by an annotation: `application:group/Kind:namespace/name`.
  const application =
    labels['argocd.argoproj.io/instance'] ?? annotations['argocd.argoproj.io/tracking-id']?.split(':')[0];
  if (application !== undefined) return { ...nobody, managedBy: 'argocd', release: application };
  const flux = labels['helm.toolkit.fluxcd.io/name'] ?? labels['kustomize.toolkit.fluxcd.io/name'];
  if (flux !== undefined) return { ...nobody, managedBy: 'flux', release: flux };
  const release = annotations['meta.helm.sh/release-name'] ?? '';
  if (release === '') return { ...nobody, managedBy: kinds.includes('metallbs') ? 'operator' : 'manifests', release };
  const namespace = annotations['meta.helm.sh/release-namespace'] ?? '';
  const chart = helmCharts.find(each => nameOf(each) === release && targetOf(each) === namespace);
  // Those of a release of the same name in another namespace say nothing of this one.
  return byHelm(release, chart, newestOf(namespace === NAMESPACE ? releases : [], release));
}

/** Nothing runs yet, or any more. */
function ownerOfBeginnings({ webhook, releases, helmCharts, kinds }: Traces): Owner | undefined {
  const chart = helmCharts.find(isMetallb);
  if (chart !== undefined) return byHelm(nameOf(chart), chart, newestOf(releases, nameOf(chart)));
  const secret = newestOf(releases, RELEASE);
  if (secret !== undefined && labelsOf(secret).status !== 'uninstalled') return byHelm(RELEASE, undefined, secret);
  if (webhook === undefined && !kinds.includes('ipaddresspools')) return undefined;
  return { managedBy: 'leftovers', ours: false, release: '', secret: undefined, chart: undefined };
}

function byHelm(release: string, chart: RawObject | undefined, secret: RawObject | undefined): Owner {
  if (chart === undefined) return { managedBy: 'helm', ours: isOurs(secret), release, secret, chart };
  const isInPlace = release === RELEASE && text(record(chart.metadata).namespace) === 'kube-system';
  return { managedBy: 'helmchart', ours: isInPlace && isOurs(chart), release, secret, chart };
}

/** By its name, or by its chart: `metallb`, `oci://quay.io/…/metallb`, `https://…/metallb-0.15.3.tgz`. */
function isMetallb(helmChart: RawObject): boolean {
  const chart = text(record(helmChart.spec).chart);
  return nameOf(helmChart) === RELEASE || /(^|\/)metallb(-v?[0-9][^/]*)?$/.test(chart);
}

function newestOf(releases: readonly RawObject[], release: string): RawObject | undefined {
  const revision = (secret: RawObject) => Number(labelsOf(secret).version) || 0;
  return releases
    .filter(secret => labelsOf(secret).name === release && nameOf(secret).startsWith('sh.helm.release.v1.'))
    .toSorted((a, b) => revision(b) - revision(a))[0];
}

function nameOf(object: RawObject): string {
  return text(record(object.metadata).name);
}

/** Where a HelmChart installs into. */
export function targetOf(helmChart: RawObject | undefined): string {
  const target = text(record(helmChart?.spec).targetNamespace);
  return target || text(record(helmChart?.metadata).namespace) || NAMESPACE;
}
