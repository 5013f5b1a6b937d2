import type { ObjectApi, RawObject } from '../../cluster/object-api.ts';
import { list, record, text } from '../../cluster/raw.ts';
import { StatusError } from '../../cluster/requests.ts';
import { NAMESPACE } from '../objects.ts';
import type { Survey } from '../survey.ts';
import { installationOf, isUnready, type MetallbObjects } from './installation.ts';
import { kubeProxyOf } from './kube-proxy.ts';
import { nodesOf, runsK3s } from './nodes.ts';
import { advertisementsOf, announcersOf, poolsOf } from './pools.ts';
import { SERVICE_LB_LABEL, serviceLbOf } from './service-lb.ts';
import { loadBalancersOf, traefikOf } from './services.ts';

const metallb = (plural: string) => [`${plural}.metallb.io`, `/apis/metallb.io/v1beta1/${plural}`] as const;
const labelled = (path: string, selector: string) => `${path}?labelSelector=${encodeURIComponent(selector)}`;
/** Labels of the official chart (Bitnami's are the same), then of the manifests. */
const [BY_CHART, BY_MANIFESTS] = ['app.kubernetes.io/name=metallb', 'app=metallb'] as const;

/** What is listed: the kind in kubectl's words, and its path. */
const LISTS = {
  nodes: ['nodes', '/api/v1/nodes'],
  services: ['services', '/api/v1/services'],
  chartDeployments: ['deployments.apps', labelled('/apis/apps/v1/deployments', BY_CHART)],
  otherDeployments: ['deployments.apps', labelled('/apis/apps/v1/deployments', BY_MANIFESTS)],
  chartDaemonSets: ['daemonsets.apps', labelled('/apis/apps/v1/daemonsets', BY_CHART)],
  otherDaemonSets: ['daemonsets.apps', labelled('/apis/apps/v1/daemonsets', BY_MANIFESTS)],
  serviceLb: ['daemonsets.apps', labelled('/apis/apps/v1/daemonsets', SERVICE_LB_LABEL)],
  helmCharts: ['helmcharts.helm.cattle.io', '/apis/helm.cattle.io/v1/helmcharts'],
  pools: metallb('ipaddresspools'),
  l2: metallb('l2advertisements'),
  bgp: metallb('bgpadvertisements'),
  announcers: metallb('servicel2statuses'),
  configurationStates: metallb('configurationstates'),
} as const;

/** What is read one by one. Discovery, unlike lists, tells a kind that is not there from one without objects. */
const OBJECTS = {
  version: ['version', '/version'],
  metallbGroup: ['discovery', '/apis/metallb.io/v1beta1'],
  helmGroup: ['discovery', '/apis/helm.cattle.io/v1'],
  helmChartKind: [
    'customresourcedefinitions.apiextensions.k8s.io',
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/helmcharts.helm.cattle.io',
  ],
  webhook: [
    'validatingwebhookconfigurations.admissionregistration.k8s.io',
    '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/metallb-webhook-configuration',
  ],
  kubeProxy: ['configmaps', '/api/v1/namespaces/kube-system/configmaps/kube-proxy'],
} as const;

/** Reads all that is asked of a cluster, at once. Throws as ObjectApi does. */
export async function readSurvey(api: ObjectApi): Promise<Survey> {
  const reader = new Reader(api);
  const [lists, objects, releases] = await Promise.all([
    each(LISTS, ([kind, path]) => reader.list(kind, path)),
    each(OBJECTS, ([kind, path]) => reader.get(kind, path)),
    reader.releases(),
  ]);
  const nodes = nodesOf(lists.nodes);
  const traefik = traefikOf(lists.services);
  const version = text(objects.version?.gitVersion);
  const isK3s = runsK3s(version, lists.nodes);
  const installation = await readInstallation(reader, {
    deployments: [...lists.chartDeployments, ...lists.otherDeployments],
    daemonSets: [...lists.chartDaemonSets, ...lists.otherDaemonSets],
    ...{ webhook: objects.webhook, releases, helmCharts: lists.helmCharts, kinds: kindsIn(objects.metallbGroup) },
    ...{ configurationStates: lists.configurationStates, pods: [] },
  });
  return {
    ...{ version, isK3s, nodes, metallb: installation },
    services: loadBalancersOf(lists.services),
    traefik,
    traefikIsPackaged: traefik?.namespace === 'kube-system' && lists.helmCharts.some(isPackagedTraefik),
    serviceLb: serviceLbOf(lists.serviceLb, nodes, isK3s),
    pools: poolsOf(lists.pools),
    advertisements: advertisementsOf(lists.l2, lists.bgp),
    announcers: announcersOf(lists.announcers),
    helmChart: {
      served: kindsIn(objects.helmGroup).includes('helmcharts'),
      fields: fieldsIn(objects.helmChartKind),
    },
    kubeProxy: kubeProxyOf(objects.kubeProxy, nodes, isK3s),
    forbidden: [...reader.forbidden].sort(),
  };
}

/** Pods are asked for only where something does not run. */
async function readInstallation(reader: Reader, objects: MetallbObjects): Promise<Survey['metallb']> {
  const found = installationOf(objects);
  if (found === undefined || !isUnready(found)) return found;
  const path = `/api/v1/namespaces/${encodeURIComponent(found.namespace)}/pods`;
  const lists = await Promise.all([BY_CHART, BY_MANIFESTS].map(labels => reader.list('pods', labelled(path, labels))));
  return installationOf({ ...objects, pods: lists.flat() });
}

/** Reads what is there, and remembers what may not be read. */
class Reader {
  readonly forbidden = new Set<string>();
  readonly #api: ObjectApi;

  constructor(api: ObjectApi) {
    this.#api = api;
  }

  async list(kind: string, path: string): Promise<readonly RawObject[]> {
    return this.#orForbidden(kind, await this.#api.list(path));
  }

  async get(kind: string, path: string): Promise<RawObject | undefined> {
    try {
      return await this.#api.get(path);
    } catch (error) {
      if (!(error instanceof StatusError && error.status === 403)) throw error;
      this.forbidden.add(kind);
      return undefined;
    }
  }

  /** Helm's Secrets, without what is in them. */
  async releases(): Promise<readonly RawObject[]> {
    const path = labelled(`/api/v1/namespaces/${NAMESPACE}/secrets`, 'owner=helm');
    return this.#orForbidden('secrets', await this.#api.list(path, 'metadata'));
  }

  #orForbidden(kind: string, found: readonly RawObject[] | undefined): readonly RawObject[] {
    if (found === undefined) this.forbidden.add(kind);
    return found ?? [];
  }
}

async function each<K extends string, Asked, Got>(
  table: Readonly<Record<K, Asked>>,
  read: (asked: Asked) => Promise<Got>,
): Promise<Readonly<Record<K, Got>>> {
  const rows = Object.entries<Asked>(table).map(async ([key, asked]) => [key, await read(asked)] as const);
  return Object.fromEntries(await Promise.all(rows)) as Record<K, Got>;
}

/** Plurals of a group, by discovery. */
function kindsIn(group: RawObject | undefined): readonly string[] {
  return list(group?.resources).map(resource => text(record(resource).name));
}

/** Fields of a kind's spec, by the schema of its version v1. */
function fieldsIn(definition: RawObject | undefined): readonly string[] {
  const version = list(record(definition?.spec).versions)
    .map(record)
    .find(({ name }) => name === 'v1');
  const { properties } = record(record(version?.schema).openAPIV3Schema);
  return Object.keys(record(record(record(properties).spec).properties));
}

function isPackagedTraefik({ metadata }: RawObject): boolean {
  const { namespace, name } = record(metadata);
  return namespace === 'kube-system' && name === 'traefik';
}
