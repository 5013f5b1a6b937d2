import type { Manifest } from './api/objects.ts';
import { ingress, ingressRoute, ingressRouteTcp, loadBalancer, service } from './manifests.ts';

const DOMAIN = 'turing-cluster.local';

/** Marks what Cluster Hosts made: MetalLB is there as if its wizard had been through. */
const labels = { 'app.kubernetes.io/managed-by': 'cluster-hosts' };
const namespace = 'metallb-system';

/** On top of `k3s()`: what has MetalLB installed. */
export function metallbInstalled(): Manifest[] {
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChart',
      metadata: { namespace: 'kube-system', name: 'metallb', labels },
      spec: {
        repo: 'https://metallb.github.io/metallb',
        chart: 'metallb',
        version: '0.15.3',
        targetNamespace: namespace,
        createNamespace: true,
        failurePolicy: 'abort',
        timeout: '10m0s',
        valuesContent: 'speaker:\n  frr:\n    enabled: false\nfrrk8s:\n  enabled: false\n',
      },
    },
  ];
}

/** On top of MetalLB: eleven addresses, and apps that show each way in which a name comes about and each reason why not. */
export function home(): Manifest[] {
  return [...addressPool('10.0.0.70-10.0.0.80'), ...apps(), ...specialCases()];
}

function addressPool(range: string): Manifest[] {
  const apiVersion = 'metallb.io/v1beta1';
  return [
    {
      apiVersion,
      kind: 'IPAddressPool',
      metadata: { namespace, name: 'default-pool', labels },
      spec: { addresses: [range] },
    },
    {
      apiVersion,
      kind: 'L2Advertisement',
      metadata: { namespace, name: 'default', labels },
      spec: { ipAddressPools: ['default-pool'] },
    },
  ];
}

function apps(): Manifest[] {
  return [
    service('monitoring', 'grafana', 80),
    ingressRoute('monitoring', 'grafana', `Host(\`grafana.${DOMAIN}\`)`),
    {
      apiVersion: 'traefik.io/v1alpha1',
      kind: 'Middleware',
      metadata: { namespace: 'monitoring', name: 'redirect-https' },
      spec: { redirectScheme: { scheme: 'https', permanent: true } },
    },
    service('home-assistant', 'home-assistant', 80),
    ingress('home-assistant', 'home-assistant', `home.${DOMAIN}`),
    loadBalancer('home-assistant', 'mqtt', [{ name: 'mqtt', port: 1883 }]),
    service('media', 'jellyfin', 80),
    ingressRoute('media', 'jellyfin', `Host(\`jellyfin.${DOMAIN}\`) || Host(\`tv.${DOMAIN}\`)`),
    service('git', 'gitea', 80),
    ingress('git', 'gitea', `git.${DOMAIN}`),
    service('git', 'gitea-ssh', 22),
    ingressRouteTcp('git', 'gitea-ssh', `HostSNI(\`ssh.git.${DOMAIN}\`)`, 22),
  ];
}

function specialCases(): Manifest[] {
  const dns = [
    { name: 'dns', port: 53, protocol: 'UDP' },
    { name: 'http', port: 80 },
  ] as const;
  return [
    // A name outside the cluster's own domain: it waits for the user's consent.
    loadBalancer('dns', 'pihole', dns, {
      annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'pihole.home.lan' },
    }),
    // A hosts file cannot say "every name under".
    ingress('preview', 'preview', `*.preview.${DOMAIN}`),
    // No host at all: a path under whatever name leads to Traefik.
    ingress('longhorn-system', 'longhorn', '', '/longhorn'),
    // Two objects that want the same name.
    ingressRoute('monitoring', 'dashboard', `Host(\`dash.${DOMAIN}\`)`),
    ingress('default', 'homepage', `dash.${DOMAIN}`),
  ];
}

/** Ingresses `app-0001` and on, a name each, for tests under load. */
export function manyIngresses(count: number): Manifest[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `app-${String(index + 1).padStart(4, '0')}`;
    return ingress('load', name, `${name}.${DOMAIN}`);
  });
}
