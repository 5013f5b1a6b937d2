import type { DemoCluster } from './api/cluster.ts';
import type { Manifest, StoredObject } from './api/objects.ts';

/** Where helm keeps a release: one Secret per revision. */
export interface ReleaseName {
  readonly name: string;
  readonly namespace: string;
}

/** One revision of a release. */
export interface Revision {
  readonly number: number;
  /** helm's word: `deployed`, `superseded`, `failed`, `pending-install`, `uninstalling`, … */
  readonly status: string;
  /** Everything that it consists of. */
  readonly manifests: readonly Manifest[];
}

interface ReleaseSecret extends StoredObject {
  readonly data?: { readonly release?: string };
}

/** helm-controller's mark: of which configuration a revision was made. Labels end at 63 characters. */
const CONFIG_HASH = 'helmcharts.helm.cattle.io/configHash';

/** The newest revision; `undefined` where there is no such release. */
export function newestRevision(cluster: DemoCluster, release: ReleaseName): Revision | undefined {
  return secretsOf(cluster, release)
    .map(({ metadata, data }) => ({
      number: Number(metadata.labels?.version),
      status: metadata.labels?.status ?? '',
      manifests: parse(data?.release),
    }))
    .sort((a, b) => b.number - a.number)[0];
}

/** Writes a revision down. `hash` is of the HelmChart that it was made of; without one, a person ran helm. */
export function recordRevision(cluster: DemoCluster, release: ReleaseName, revision: Revision, hash?: string): void {
  const { name, namespace } = release;
  const labels = { owner: 'helm', name, status: revision.status, version: String(revision.number) };
  cluster.apply({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      namespace,
      name: `sh.helm.release.v1.${name}.v${revision.number}`,
      labels: { ...labels, ...(hash !== undefined && { [CONFIG_HASH]: hash.slice(0, 63) }) },
    },
    type: 'helm.sh/release.v1',
    data: { release: Buffer.from(JSON.stringify(revision.manifests)).toString('base64') },
  });
}

/** Changes the status of the revisions that have a certain one. */
export function relabelRevisions(cluster: DemoCluster, release: ReleaseName, from: string, to: string): void {
  for (const { metadata } of secretsOf(cluster, release)) {
    if (metadata.labels?.status !== from) continue;
    cluster.patch('secrets', release.namespace, metadata.name, { metadata: { labels: { status: to } } });
  }
}

/** Forgets a release with all its revisions. */
export function forgetRelease(cluster: DemoCluster, release: ReleaseName): void {
  for (const { metadata } of secretsOf(cluster, release)) cluster.remove('secrets', release.namespace, metadata.name);
}

function secretsOf(cluster: DemoCluster, { name, namespace }: ReleaseName): ReleaseSecret[] {
  return cluster
    .list<ReleaseSecret>('secrets', namespace)
    .filter(({ type, metadata }) => type === 'helm.sh/release.v1' && metadata.labels?.name === name);
}

/** A Secret that somebody else wrote may hold anything: then nothing is known of what it consists of. */
function parse(release: string | undefined): Manifest[] {
  try {
    return JSON.parse(Buffer.from(release ?? '', 'base64').toString());
  } catch {
    return [];
  }
}
