import { isRecord, type Manifest } from './api/objects.ts';
import { workload } from './manifests.ts';
import type { ReleaseName } from './releases.ts';
import { valueAt } from './values.ts';

/** The version of the chart that K3s 1.35 brings along: that of Traefik 3.5. */
export const TRAEFIK_CHART = '37.1.1+up37.1.0';

/** K3s' packaged chart; of its values `service.annotations` matter here. */
export function traefikChart({ name, namespace }: ReleaseName, values: unknown): Manifest[] {
  const selector = { 'app.kubernetes.io/name': 'traefik', 'app.kubernetes.io/instance': `${name}-${namespace}` };
  const labels = { ...selector, 'helm.sh/chart': `traefik-${TRAEFIK_CHART.replace('+', '_')}` };
  const annotations = valueAt(values, 'service', 'annotations');
  const container = { name: 'traefik', image: 'rancher/mirrored-library-traefik:3.5.1' };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name, labels, ...(isRecord(annotations) && { annotations: texts(annotations) }) },
      spec: serviceSpec(selector),
      status: { loadBalancer: {} },
    },
    workload('Deployment', { namespace, name, labels }, selector, [container]),
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'IngressClass',
      metadata: { name, labels, annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      spec: { controller: 'traefik.io/ingress-controller' },
    },
  ];
}

function serviceSpec(selector: Readonly<Record<string, string>>): Manifest['spec'] {
  return {
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
    selector,
    sessionAffinity: 'None',
  };
}

function texts(annotations: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(annotations).map(([key, value]) => [key, String(value)]));
}
