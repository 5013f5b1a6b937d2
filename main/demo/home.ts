import type { Manifest } from './api/objects.ts';
import { ingress, ingressRoute, ingressRouteTcp, loadBalancer, service } from './manifests.ts';
import { addressPool, metallbChart } from './metallb-chart.ts';

const DOMAIN = 'turing-cluster.local';

/**
 * A home lab on top of `k3s()`: MetalLB with eleven addresses, and apps that show each way in which a name comes about
 * and each reason why one is not simply written.
 */
export function home(): Manifest[] {
  return [...metallbChart(), ...addressPool('10.0.0.70-10.0.0.80'), ...apps(), ...specialCases()];
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
