import type { Manifest, Metadata } from './api/objects.ts';

/** What can be said about any object beside its name. */
export type About = Pick<Metadata, 'labels' | 'annotations'>;

/** An Ingress of class `traefik` for one host, or for every host when `host` is `''`. */
export function ingress(namespace: string, name: string, host: string, path = '/'): Manifest {
  const backend = { service: { name, port: { number: 80 } } };
  const http = { paths: [{ path, pathType: 'Prefix', backend }] };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace, name },
    spec: { ingressClassName: 'traefik', rules: [host === '' ? { http } : { host, http }] },
  };
}

/** A Traefik IngressRoute with one rule: ``Host(`grafana.turing-cluster.local`)``. */
export function ingressRoute(namespace: string, name: string, match: string): Manifest {
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: { namespace, name },
    spec: { entryPoints: ['websecure'], routes: [{ kind: 'Rule', match, services: [{ name, port: 80 }] }], tls: {} },
  };
}

/** A Traefik IngressRouteTCP with one rule: ``HostSNI(`git.turing-cluster.local`)``. */
export function ingressRouteTcp(namespace: string, name: string, match: string, port: number): Manifest {
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRouteTCP',
    metadata: { namespace, name },
    spec: { entryPoints: ['websecure'], routes: [{ match, services: [{ name, port }] }], tls: { passthrough: true } },
  };
}

/** A Service that only the cluster itself reaches. */
export function service(namespace: string, name: string, port: number): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name },
    spec: {
      type: 'ClusterIP',
      selector: { 'app.kubernetes.io/name': name },
      ports: [{ name: 'http', port, protocol: 'TCP', targetPort: 'http' }],
    },
    status: { loadBalancer: {} },
  };
}

/** A Service of type LoadBalancer that waits for its address. */
export function loadBalancer(
  namespace: string,
  name: string,
  ports: readonly ServicePort[],
  about: About = {},
): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { namespace, name, ...about },
    spec: {
      type: 'LoadBalancer',
      selector: { 'app.kubernetes.io/name': name },
      ports: ports.map(port => ({ protocol: 'TCP', targetPort: port.name, ...port })),
    },
    status: { loadBalancer: {} },
  };
}

/** A named port of a Service; TCP unless said. */
export interface ServicePort {
  readonly name: string;
  readonly port: number;
  readonly protocol?: 'TCP' | 'UDP';
}

/** A Deployment of one pod, or a DaemonSet, with nothing of it running yet. */
export function workload(
  kind: 'Deployment' | 'DaemonSet',
  metadata: Metadata,
  podLabels: Readonly<Record<string, string>>,
  containers: readonly Container[],
): Manifest {
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata,
    spec: {
      ...(kind === 'Deployment' && { replicas: 1 }),
      selector: { matchLabels: podLabels },
      template: { metadata: { labels: podLabels }, spec: { containers } },
    },
  };
}

/** A container of a pod. */
export interface Container {
  readonly name: string;
  readonly image: string;
}
