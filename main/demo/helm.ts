import type { DemoCluster } from './api/cluster.ts';
import { PENDING_STATUS } from './api/custom-resources.ts';
import { isRecord, keyOf, type Manifest, type StoredObject } from './api/objects.ts';
import { mergePatch } from './api/patch.ts';
import { groupResource } from './api/resources.ts';
import { HelmError } from './helm-error.ts';
import { forgetRelease, newestRevision, type ReleaseName, recordRevision, relabelRevisions } from './releases.ts';

/** What is to be installed, or upgraded to. */
export interface Wanted extends ReleaseName {
  readonly manifests: readonly Manifest[];
  readonly createNamespace: boolean;
  /** helm-controller's: what becomes of a release that failed or was interrupted before. */
  readonly failurePolicy: string;
  /** Of the HelmChart it comes from, if it comes from one. */
  readonly hash?: string;
}

/**
 * `helm upgrade --install` in klipper-helm's way, without `--wait`; each `yield` takes a while. Throws HelmError.
 * `isHeld` keeps it from going on once it has begun.
 */
export function* install(cluster: DemoCluster, wanted: Wanted, isHeld = () => false): Generator<void> {
  yield* mendInterrupted(cluster, wanted);
  const last = newestRevision(cluster, wanted);
  if (!cluster.get('namespaces', '', wanted.namespace)) {
    if (!wanted.createNamespace) throw new HelmError(`Error: create: namespaces "${wanted.namespace}" not found`);
    cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: wanted.namespace } });
  }
  const manifests = wanted.manifests.map(manifest => owned(manifest, wanted));
  for (const manifest of manifests) refuseForeign(cluster, manifest, wanted);
  const revision = { number: (last?.number ?? 0) + 1, status: last ? 'pending-upgrade' : 'pending-install', manifests };
  recordRevision(cluster, wanted, revision, wanted.hash);
  do yield;
  while (isHeld());
  for (const manifest of manifests)
    change(
      cluster,
      manifest,
      last?.manifests.find(each => isSame(each, manifest)),
    );
  for (const old of last?.manifests ?? []) {
    if (!manifests.some(manifest => isSame(manifest, old))) removeObject(cluster, old);
  }
  relabelRevisions(cluster, wanted, 'deployed', 'superseded');
  recordRevision(cluster, wanted, { ...revision, status: 'deployed' }, wanted.hash);
}

/** `helm uninstall`: what runs goes first, definitions last, and with them all that they define; the namespace stays. */
export function* uninstall(cluster: DemoCluster, release: ReleaseName): Generator<void> {
  const last = newestRevision(cluster, release);
  if (!last) return;
  relabelRevisions(cluster, release, last.status, 'uninstalling');
  const isDefinition = ({ kind }: Manifest) => kind === 'CustomResourceDefinition';
  for (const manifest of last.manifests.filter(each => !isDefinition(each))) removeObject(cluster, manifest);
  yield;
  for (const manifest of last.manifests.filter(isDefinition)) removeObject(cluster, manifest);
  forgetRelease(cluster, release);
}

/** What klipper-helm does about a release whose last revision did not become what it should. */
function* mendInterrupted(cluster: DemoCluster, wanted: Wanted): Generator<void> {
  const last = newestRevision(cluster, wanted);
  if (!last || last.status === 'deployed') return;
  relabelRevisions(cluster, wanted, last.status, 'failed');
  if (wanted.failurePolicy !== 'reinstall') {
    const policy = `failure policy is '${wanted.failurePolicy}', not 'reinstall'`;
    throw new HelmError(`Release status is 'failed' and ${policy}; waiting for operator intervention`);
  }
  yield* uninstall(cluster, wanted);
}

/** An object with helm's marks of ownership. */
function owned(manifest: Manifest, { name, namespace }: ReleaseName): Manifest {
  const { labels, annotations } = manifest.metadata;
  const metadata = {
    ...manifest.metadata,
    labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' },
    annotations: { ...annotations, 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace },
  };
  return { ...manifest, metadata };
}

function refuseForeign(cluster: DemoCluster, manifest: Manifest, release: ReleaseName): void {
  const { kind, metadata } = manifest;
  const found = currentOf(cluster, manifest);
  const owner = found?.metadata.annotations?.['meta.helm.sh/release-name'];
  if (!found || owner === release.name) return;
  const key = 'annotation validation error: ';
  const why =
    owner === undefined
      ? `${key}missing key "meta.helm.sh/release-name": must be set to "${release.name}"`
      : `${key}key "meta.helm.sh/release-name" must equal "${release.name}": current value is "${owner}"`;
  throw new HelmError(
    `Error: INSTALLATION FAILED: Unable to continue with install: ${kind} "${metadata.name}" in namespace ` +
      `"${metadata.namespace ?? ''}" exists and cannot be imported into the current release: invalid ownership metadata; ${why}`,
  );
}

/** helm's merge of three: fields that were there before and are wanted no more go, those of others stay. */
function change(cluster: DemoCluster, manifest: Manifest, before: Manifest | undefined): void {
  const found = currentOf(cluster, manifest);
  if (found) {
    cluster.apply(mergePatch(found, isRecord(before) ? withRemovals(before, manifest) : manifest) as Manifest);
    return;
  }
  cluster.apply(manifest.kind === 'CustomResourceDefinition' ? { ...manifest, status: PENDING_STATUS } : manifest);
}

/** A merge patch to `next` that removes what only `before` has. */
function withRemovals(before: unknown, next: unknown): unknown {
  if (!isRecord(before) || !isRecord(next)) return next;
  const removed = Object.keys(before).filter(key => !(key in next));
  return {
    ...Object.fromEntries(removed.map(key => [key, null])),
    ...Object.fromEntries(Object.entries(next).map(([key, value]) => [key, withRemovals(before[key], value)])),
  };
}

function isSame(a: Manifest, b: Manifest): boolean {
  const { name, namespace } = a.metadata;
  return a.kind === b.kind && name === b.metadata.name && namespace === b.metadata.namespace;
}

function currentOf(cluster: DemoCluster, manifest: Manifest): StoredObject | undefined {
  const resource = cluster.resourceOf(manifest);
  return resource && cluster.store.get(groupResource(resource), keyOf(manifest));
}

function removeObject(cluster: DemoCluster, manifest: Manifest): void {
  const resource = cluster.resourceOf(manifest);
  const found = currentOf(cluster, manifest);
  if (resource && found) cluster.delete(resource, found);
}
