import type { Manifest } from './api/objects.ts';

interface Traits {
  readonly plural?: string;
  readonly shortNames?: string[];
  readonly scope?: 'Namespaced' | 'Cluster';
  readonly hasStatus?: boolean;
}

function define(group: string, version: string, kind: string, traits: Traits = {}): Manifest {
  const singular = kind.toLowerCase();
  const { plural = `${singular}s`, shortNames = [], scope = 'Namespaced', hasStatus = false } = traits;
  const openAPIV3Schema = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope,
      names: { plural, singular, kind, listKind: `${kind}List`, shortNames },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema },
          ...(hasStatus && { subresources: { status: {} } }),
        },
      ],
    },
  };
}

/** Traefik's group since 2.10. */
export const TRAEFIK_CRDS: readonly Manifest[] = [
  'IngressRoute',
  'IngressRouteTCP',
  'IngressRouteUDP',
  'Middleware',
].map(kind => define('traefik.io', 'v1alpha1', kind));

/** Traefik's group of before, served beside the new one by Traefik 2.10 and 2.11. */
export const LEGACY_TRAEFIK_CRDS: readonly Manifest[] = ['IngressRoute', 'IngressRouteTCP'].map(kind =>
  define('traefik.containo.us', 'v1alpha1', kind),
);

/** MetalLB's, as far as layer 2 needs them. */
export const METALLB_CRDS: readonly Manifest[] = [
  define('metallb.io', 'v1beta1', 'IPAddressPool', { hasStatus: true }),
  define('metallb.io', 'v1beta1', 'L2Advertisement', { hasStatus: true }),
  define('metallb.io', 'v1beta1', 'ServiceL2Status', { plural: 'servicel2statuses', hasStatus: true }),
];

/** Those of the helm-controller inside K3s. */
export const HELM_CRDS: readonly Manifest[] = [
  define('helm.cattle.io', 'v1', 'HelmChart', { shortNames: ['hc'], hasStatus: true }),
  define('helm.cattle.io', 'v1', 'HelmChartConfig'),
];

/** The Gateway API's standard channel at 1.5. */
export const GATEWAY_CRDS: readonly Manifest[] = [
  define('gateway.networking.k8s.io', 'v1', 'Gateway', { shortNames: ['gtw'], hasStatus: true }),
  define('gateway.networking.k8s.io', 'v1', 'GatewayClass', {
    plural: 'gatewayclasses',
    shortNames: ['gc'],
    scope: 'Cluster',
    hasStatus: true,
  }),
  define('gateway.networking.k8s.io', 'v1', 'HTTPRoute', { hasStatus: true }),
  define('gateway.networking.k8s.io', 'v1', 'GRPCRoute', { hasStatus: true }),
  define('gateway.networking.k8s.io', 'v1', 'TLSRoute', { hasStatus: true }),
];
