import { isDeepStrictEqual } from 'node:util';
import type { DemoCluster } from './api/cluster.ts';
import { addressesOf, type Ingress, type Service, type StoredObject } from './api/objects.ts';
import { type Controller, createController } from './controller.ts';

interface IngressClass extends StoredObject {
  readonly spec?: { readonly controller?: string };
}

/**
 * K3s' Traefik, as far as it writes: with `publishedService` on, each Ingress of its class gets the addresses of
 * kube-system/traefik. While that Service has none, Traefik leaves the Ingresses as they are.
 */
export function createTraefik(cluster: DemoCluster): Controller {
  const tables = ['services', 'ingresses.networking.k8s.io', 'ingressclasses.networking.k8s.io'];
  return createController(cluster.store, tables, () => {
    const service = cluster.get<Service>('services', 'kube-system', 'traefik');
    const addresses = service ? addressesOf(service) : [];
    if (addresses.length === 0) return;
    const classes = new Set(
      cluster
        .list<IngressClass>('ingressclasses')
        .filter(({ spec }) => spec?.controller === 'traefik.io/ingress-controller')
        .map(({ metadata }) => metadata.name),
    );
    for (const ingress of cluster.list<Ingress>('ingresses')) {
      if (!isServed(ingress, classes) || isDeepStrictEqual(addressesOf(ingress), addresses)) continue;
      cluster.patch('ingresses', ingress.metadata.namespace ?? '', ingress.metadata.name, {
        status: { loadBalancer: { ingress: addresses.map(ip => ({ ip })) } },
      });
    }
  });
}

/** Traefik takes an Ingress of its class, one with the old annotation, and one that says nothing of a class. */
function isServed({ metadata, spec }: Ingress, classes: ReadonlySet<string>): boolean {
  if (spec?.ingressClassName !== undefined) return classes.has(spec.ingressClassName);
  const annotation = metadata.annotations?.['kubernetes.io/ingress.class'];
  return annotation === undefined || annotation === 'traefik';
}
