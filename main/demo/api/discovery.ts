import type { DemoCluster } from './cluster.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import { StatusError } from './status-error.ts';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const STATUS_VERBS = ['get', 'patch', 'update'];

/** The media type of aggregated discovery, which says everything in one answer; GA since Kubernetes 1.30. */
export const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Whether a caller takes aggregated discovery, whatever the order of its parameters. */
export function wantsAggregated(accept: string): boolean {
  return accept.split(',').some(type => {
    const parameters = type.split(';').map(part => part.trim());
    return ['as=APIGroupDiscoveryList', 'g=apidiscovery.k8s.io', 'v=v2'].every(part => parameters.includes(part));
  });
}

/** All of `/api` or `/apis` at once. */
export function aggregatedDiscovery(cluster: DemoCluster, root: 'api' | 'apis'): unknown {
  const served = cluster.resources().filter(({ group }) => (group === '') === (root === 'api'));
  const items = [...Map.groupBy(served, ({ group }) => group)].map(([group, resources]) => ({
    metadata: { ...(group !== '' && { name: group }), creationTimestamp: null },
    versions: [...Map.groupBy(resources, ({ version }) => version)].map(([version, inVersion]) => ({
      version,
      resources: inVersion.map(aggregatedResource),
      freshness: 'Current',
    })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

function aggregatedResource({ group, version, kind, plural, singular, namespaced, shortNames, hasStatus }: Resource) {
  const responseKind = { group, version, kind };
  return {
    resource: plural,
    responseKind,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: singular,
    verbs: VERBS,
    shortNames,
    ...(hasStatus && { subresources: [{ subresource: 'status', responseKind, verbs: STATUS_VERBS }] }),
  };
}

/** Legacy discovery, a step at a time: `/api`, `/apis`, `/api/v1`, `/apis/<group>`, `/apis/<group>/<version>`. Throws 404. */
export function legacyDiscovery(cluster: DemoCluster, segments: readonly string[]): unknown {
  const [root, ...rest] = segments;
  if (root === 'api' && rest.length === 0) return { kind: 'APIVersions', versions: ['v1'] };
  if (root === 'api') return resourceList(cluster, '', rest);
  const groups = apiGroups(cluster);
  const [name, ...version] = rest;
  if (name === undefined) return { kind: 'APIGroupList', apiVersion: 'v1', groups };
  if (version.length > 0) return resourceList(cluster, name, version);
  const group = groups.find(each => each.name === name);
  if (!group) throw new StatusError(404);
  return { kind: 'APIGroup', apiVersion: 'v1', ...group };
}

function apiGroups(cluster: DemoCluster) {
  const named = cluster.resources().filter(({ group }) => group !== '');
  return [...Map.groupBy(named, ({ group }) => group)].map(([name, resources]) => {
    const versions = [...new Set(resources.map(({ version }) => version))].map(version => ({
      groupVersion: `${name}/${version}`,
      version,
    }));
    return { name, versions, preferredVersion: versions[0] };
  });
}

function resourceList(cluster: DemoCluster, group: string, rest: readonly string[]): unknown {
  const served = cluster.resources().filter(each => each.group === group && each.version === rest[0]);
  const [first] = served;
  if (!first || rest.length > 1) throw new StatusError(404);
  const resources = served.flatMap(({ plural, singular, namespaced, kind, shortNames, hasStatus }) => [
    { name: plural, singularName: singular, namespaced, kind, verbs: VERBS, shortNames },
    ...(hasStatus ? [{ name: `${plural}/status`, singularName: '', namespaced, kind, verbs: STATUS_VERBS }] : []),
  ]);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersionOf(first), resources };
}
