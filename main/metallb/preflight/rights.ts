import type { ObjectApi } from '../../cluster/object-api.ts';
import { record } from '../../cluster/raw.ts';
import { assertNever } from '../../errors.ts';
import { NAMESPACE } from '../objects.ts';
import type { Survey } from '../survey.ts';
import { engineFor } from './engine.ts';
import { fixFor } from './role.ts';
import type { Check, Engine } from './world.ts';

/** One verb on one kind; `namespace` is `''` for all of them, and for kinds that have none. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  readonly namespace: string;
}

const CHANGE = ['get', 'create', 'patch', 'delete'];

/** What is used for looking, by whatever MetalLB is installed. */
const READING: readonly Right[] = [
  ...on('', ['nodes', 'services', 'pods', 'events'], ['list']),
  ...on('apps', ['deployments', 'daemonsets'], ['list']),
  ...on('discovery.k8s.io', ['endpointslices'], ['list']),
  ...on(
    'metallb.io',
    ['ipaddresspools', 'l2advertisements', 'bgpadvertisements', 'servicel2statuses', 'configurationstates'],
    ['list'],
  ),
  ...on('apiextensions.k8s.io', ['customresourcedefinitions'], ['get']),
  ...on('admissionregistration.k8s.io', ['validatingwebhookconfigurations'], ['get']),
  ...on('', ['secrets'], ['list'], NAMESPACE),
  ...on('', ['configmaps'], ['get'], 'kube-system'),
];

/** What K3s' HelmChart takes beside it; the chart's own objects are made by K3s. */
const CHANGING: readonly Right[] = [
  ...on('', ['namespaces'], CHANGE),
  ...on('helm.cattle.io', ['helmcharts'], ['list']),
  ...on('helm.cattle.io', ['helmcharts', 'helmchartconfigs'], CHANGE, 'kube-system'),
  ...on('batch', ['jobs'], ['get'], 'kube-system'),
  ...on('metallb.io', ['ipaddresspools', 'l2advertisements'], CHANGE, NAMESPACE),
  ...on('apps', ['deployments'], ['get'], NAMESPACE),
  ...on('apps', ['statefulsets'], ['list'], NAMESPACE),
  ...on('batch', ['jobs', 'cronjobs'], ['list'], NAMESPACE),
  ...on('', ['persistentvolumeclaims', 'configmaps'], ['list'], NAMESPACE),
];

/** Everything that an installation and its removal ask of the cluster. helm makes roles, so it needs all that they allow. */
function rightsFor(
  engine: Engine,
  { traefik, traefikIsPackaged }: Pick<Survey, 'traefik' | 'traefikIsPackaged'>,
): readonly Right[] {
  switch (engine) {
    case 'helm':
      return on('*', ['*'], ['*']);
    case 'helmchart': {
      // It may be there, though this user may not see it yet.
      const { namespace = 'kube-system' } = traefik ?? {};
      const verbs = traefik === undefined || traefikIsPackaged ? ['get'] : ['get', 'patch'];
      return [...READING, ...CHANGING, ...on('', ['services'], verbs, namespace)];
    }
    default:
      return assertNever(engine);
  }
}

export const rights: Check = {
  id: 'rights',
  title: 'Rights in the cluster',
  find: async ({ api, survey, helm, engine: wish }) => {
    const found = await survey();
    const engine = engineFor(found, await helm(), wish) ?? (wish === 'helm' ? 'helm' : 'helmchart');
    const needed = rightsFor(engine, found);
    const answers = await Promise.all(needed.map(right => isAllowed(api, right)));
    const missing = needed.filter((_, index) => !answers[index]);
    if (missing.length === 0) return { state: 'ready', detail: 'This user may do all that the installation needs.' };
    const detail =
      engine === 'helm'
        ? 'helm needs an administrator of the whole cluster (cluster-admin), which this user is not.'
        : `This user may not ${sentenceOf(missing)}.`;
    return { state: 'blocked', detail, fix: fixFor(engine, needed) };
  },
};

/** Throws as ObjectApi does. */
async function isAllowed(api: ObjectApi, { group, resource, verb, namespace }: Right): Promise<boolean> {
  const answer = await api.create('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes: { group, resource, verb, ...(namespace !== '' && { namespace }) } },
  });
  return record(answer.status).allowed === true;
}

/** `list nodes; create, patch helmcharts.helm.cattle.io`. */
function sentenceOf(missing: readonly Right[]): string {
  const kinds = Map.groupBy(missing, ({ group, resource }) => (group === '' ? resource : `${resource}.${group}`));
  return [...kinds]
    .map(([kind, some]) => `${[...new Set(some.map(({ verb }) => verb))].join(', ')} ${kind}`)
    .join('; ');
}

function on(group: string, resources: readonly string[], verbs: readonly string[], namespace = ''): readonly Right[] {
  return resources.flatMap(resource => verbs.map(verb => ({ group, resource, verb, namespace })));
}
