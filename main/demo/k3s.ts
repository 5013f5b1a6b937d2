import type { Manifest } from './api/objects.ts';
import { HELM_CRDS, TRAEFIK_CRDS } from './crds.ts';
import { workload } from './manifests.ts';

const VERSION = 'v1.35.4+k3s1';

/** The boards of a Turing Pi, 10.0.0.60 to .63; the first is the server. */
const NODES = ['turing-1', 'turing-2', 'turing-3', 'turing-4'];

/** How many nodes there are, for what runs once on each. */
export const NODE_COUNT = NODES.length;

/** A K3s cluster as it stands after installation with `--disable servicelb`: nobody gives addresses to Services. */
export function k3s(): Manifest[] {
  return [
    ...TRAEFIK_CRDS,
    ...HELM_CRDS,
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(namespace),
    ...NODES.map(node),
    ...traefik(),
  ];
}

/** GET /version of that cluster. */
export const K3S_VERSION = {
  major: '1',
  minor: '35',
  gitVersion: VERSION,
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '',
  goVersion: '',
  compiler: 'gc',
  platform: 'linux/arm64',
};

function namespace(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, status: { phase: 'Active' } };
}

function node(name: string, index: number): Manifest {
  const address = `10.0.0.${60 + index}`;
  const args = index === 0 ? ['server', '--disable', 'servicelb'] : ['agent', '--server', 'https://10.0.0.60:6443'];
  const roles = index === 0 ? { 'node-role.kubernetes.io/control-plane': 'true' } : {};
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { 'kubernetes.io/hostname': name, 'kubernetes.io/os': 'linux', 'kubernetes.io/arch': 'arm64', ...roles },
      annotations: { 'k3s.io/hostname': name, 'k3s.io/internal-ip': address, 'k3s.io/node-args': JSON.stringify(args) },
    },
    spec: { podCIDR: `10.42.${index}.0/24`, providerID: `k3s://${name}` },
    status: {
      addresses: [
        { type: 'InternalIP', address },
        { type: 'Hostname', address: name },
      ],
      conditions: [
        { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
      ],
      nodeInfo: { kubeletVersion: VERSION, operatingSystem: 'linux', architecture: 'arm64' },
    },
  };
}

const TRAEFIK = {
  labels: {
    'app.kubernetes.io/name': 'traefik',
    'app.kubernetes.io/instance': 'traefik-kube-system',
    'app.kubernetes.io/managed-by': 'Helm',
    'helm.sh/chart': 'traefik-37.1.1_up37.1.0',
  },
  annotations: { 'meta.helm.sh/release-name': 'traefik', 'meta.helm.sh/release-namespace': 'kube-system' },
};

/** What K3s' packaged chart leaves behind; the chart's version is that of Traefik 3.5. */
function traefik(): Manifest[] {
  const metadata = { namespace: 'kube-system', name: 'traefik', ...TRAEFIK };
  const image = 'rancher/mirrored-library-traefik:3.5.1';
  return [
    traefikService(),
    workload('Deployment', metadata, { name: 'traefik', image }, 1),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: {
        name: 'traefik',
        labels: TRAEFIK.labels,
        annotations: { ...TRAEFIK.annotations, 'ingressclass.kubernetes.io/is-default-class': 'true' },
      },
      spec: { controller: 'traefik.io/ingress-controller' },
    },
    ...['traefik', 'traefik-crd'].map(packagedChart),
  ];
}

function traefikService(): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace: 'kube-system', name: 'traefik', ...TRAEFIK },
    spec: {
      type: 'LoadBalancer',
      allocateLoadBalancerNodePorts: true,
      clusterIP: '10.43.35.117',
      clusterIPs: ['10.43.35.117'],
      externalTrafficPolicy: 'Cluster',
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'PreferDualStack',
      ports: [
        { name: 'web', port: 80, protocol: 'TCP', targetPort: 'web', nodePort: 31080 },
        { name: 'websecure', port: 443, protocol: 'TCP', targetPort: 'websecure', nodePort: 31443 },
      ],
      selector: { 'app.kubernetes.io/instance': 'traefik-kube-system', 'app.kubernetes.io/name': 'traefik' },
      sessionAffinity: 'None',
    },
    status: { loadBalancer: {} },
  };
}

function packagedChart(name: string): Manifest {
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { namespace: 'kube-system', name },
    spec: { chart: `https://%{KUBERNETES_API}%/static/charts/${name}-37.1.1+up37.1.0.tgz`, set: {} },
    status: { jobName: `helm-install-${name}` },
  };
}
