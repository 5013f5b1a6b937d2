import type { KubeObject } from '../cluster/object-api.ts';
import type { Chart } from './chart.ts';

/** 0.16.0 and 0.16.1 have faults (a probe at the wrong port; statuses that flood the API server): 0.15.3 has none of them. */
export const VERSION = '0.15.3';

/** Where MetalLB runs, and where it looks for its own objects. */
export const NAMESPACE = 'metallb-system';

/** Of the Helm release, and of K3s' HelmChart for it. */
export const RELEASE = 'metallb';

/** Marks what this program made. */
export const MANAGED_BY = { 'app.kubernetes.io/managed-by': 'cluster-hosts' } as const;

/** Annotation: the run that made an object. */
export const RUN = 'cluster-hosts/run';

/** Annotation: the address that this program has Traefik ask for, so that it is ours to take back. */
export const OUR_PIN = 'cluster-hosts/pin';

/** Annotation: what a run that is not over changed of an object that was there, as JSON. */
export const BEFORE = 'cluster-hosts/before';

/** Paths of the collections that are written to. */
export const PATHS = {
  namespaces: '/api/v1/namespaces',
  helmCharts: '/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts',
  helmChartConfigs: '/apis/helm.cattle.io/v1/namespaces/kube-system/helmchartconfigs',
  pools: `/apis/metallb.io/v1beta1/namespaces/${NAMESPACE}/ipaddresspools`,
  advertisements: `/apis/metallb.io/v1beta1/namespaces/${NAMESPACE}/l2advertisements`,
  secrets: `/api/v1/namespaces/${NAMESPACE}/secrets`,
  definitions: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
} as const;

/** BGP stays out: layer 2 needs none of its programs. */
const VALUES = 'speaker:\n  frr:\n    enabled: false\nfrrk8s:\n  enabled: false\n';

/** Where pod security is enforced, the speakers need this to open the sockets that ARP takes. */
const PRIVILEGED = Object.fromEntries(
  ['enforce', 'audit', 'warn'].map(mode => [`pod-security.kubernetes.io/${mode}`, 'privileged']),
);

export function namespaceObject(): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: NAMESPACE, labels: { ...MANAGED_BY, ...PRIVILEGED } },
  };
}

/**
 * What K3s' helm-controller installs from. `abort`: its own default would uninstall a release that failed, and with it
 * every pool.
 */
export function helmChartObject(chart: Chart): KubeObject {
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { name: RELEASE, namespace: 'kube-system', labels: MANAGED_BY },
    spec: {
      ...chartFields(chart),
      targetNamespace: NAMESPACE,
      createNamespace: true,
      failurePolicy: 'abort',
      timeout: '10m0s',
      valuesContent: VALUES,
    },
  };
}

function chartFields(chart: Chart): Readonly<Record<string, string>> {
  switch (chart.from) {
    case 'repository':
      return { repo: chart.url, chart: RELEASE, version: VERSION };
    case 'oci':
      return { chart: chart.url, version: VERSION };
    case 'file':
      return { chartContent: chart.content };
  }
}

/** `addresses` as `parseAddresses` gives them. */
export function poolObject(addresses: readonly string[]): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'default-pool', namespace: NAMESPACE, labels: MANAGED_BY },
    spec: { addresses },
  };
}

export function advertisementObject(): KubeObject {
  return {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'L2Advertisement',
    metadata: { name: 'default', namespace: NAMESPACE, labels: MANAGED_BY },
    spec: { ipAddressPools: ['default-pool'] },
  };
}
