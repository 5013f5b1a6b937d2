import type { Manifest } from './api/objects.ts';
import { HELM_CRDS } from './crds.ts';
import { TRAEFIK_CHART } from './traefik-chart.ts';

const VERSION = 'v1.35.4+k3s1';

/** The boards of a Turing Pi, 10.0.0.60 to .63; the first is the server. */
const NODES = ['turing-1', 'turing-2', 'turing-3', 'turing-4'];

/** The server's arguments. */
export const SERVER_ARGS = ['server', '--disable', 'servicelb'];

/** A K3s cluster as it stands after installation with `--disable servicelb`: nobody gives addresses to Services. */
export function k3s(): Manifest[] {
  return [
    ...HELM_CRDS,
    ...['default', 'kube-system', 'kube-public', 'kube-node-lease'].map(namespace),
    ...NODES.map(node),
    // K3s' own charts; its helm-controller installs them.
    ...['traefik-crd', 'traefik'].map(packagedChart),
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
  const args = index === 0 ? SERVER_ARGS : ['agent', '--server', 'https://10.0.0.60:6443'];
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

function packagedChart(name: string): Manifest {
  return {
    apiVersion: 'helm.cattle.io/v1',
    kind: 'HelmChart',
    metadata: { namespace: 'kube-system', name },
    spec: { chart: `https://%{KUBERNETES_API}%/static/charts/${name}-${TRAEFIK_CHART}.tgz`, set: {} },
  };
}
