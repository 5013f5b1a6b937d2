import type { KubeObject } from './api.ts';

const NAMESPACE = 'default';

/** On every object of a spec, so that all of them are found again. */
export const SPEC_LABEL = { 'made-by': 'spec' };

/** An Ingress of the default class for one host. */
export function ingress(name: string, host: string): KubeObject {
  const backend = { service: { name: 'web', port: { number: 80 } } };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: NAMESPACE, labels: SPEC_LABEL },
    spec: { rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } }] },
  };
}

/** Traefik's own kind, with a rule in its language. */
export function ingressRoute(name: string, match: string): KubeObject {
  const routes = [{ kind: 'Rule', match, services: [{ name: 'web', port: 80 }] }];
  return {
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: { name, namespace: NAMESPACE, labels: SPEC_LABEL },
    spec: { entryPoints: ['web', 'websecure'], routes },
  };
}

/** A Service that asks for an address of its own, and for a name in external-dns' way. */
export function loadBalancer(name: string, hostname: string): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: NAMESPACE,
      labels: SPEC_LABEL,
      annotations: { 'external-dns.kubernetes.io/hostname': hostname },
    },
    spec: { type: 'LoadBalancer', selector: { app: name }, ports: [{ name: 'http', port: 80 }] },
  };
}
