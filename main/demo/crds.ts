import type { Manifest } from './api/objects.ts';

interface Traits {
  readonly plural?: string;
  readonly shortNames?: string[];
  readonly scope?: 'Namespaced' | 'Cluster';
  readonly hasStatus?: boolean;
  /** The types of the fields of `spec`; without them any are taken and none is told. */
  readonly specFields?: Readonly<Record<string, 'string' | 'boolean' | 'integer' | 'object' | 'array'>>;
}

function define(group: string, version: string, kind: string, traits: Traits = {}): Manifest {
  const singular = kind.toLowerCase();
  const { plural = `${singular}s`, shortNames = [], scope = 'Namespaced', hasStatus = false, specFields } = traits;
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  const openAPIV3Schema = specFields ? { ...anything, properties: { spec: schemaOf(specFields) } } : anything;
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

function schemaOf(fields: NonNullable<Traits['specFields']>): Record<string, unknown> {
  return {
    type: 'object',
    properties: Object.fromEntries(Object.entries(fields).map(([field, type]) => [field, { type }])),
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

/** MetalLB's, in the versions that matter for layer 2. */
export const METALLB_CRDS: readonly Manifest[] = [
  define('metallb.io', 'v1beta1', 'BFDProfile', { hasStatus: true }),
  define('metallb.io', 'v1beta1', 'BGPAdvertisement', { hasStatus: true }),
  define('metallb.io', 'v1beta2', 'BGPPeer', { hasStatus: true }),
  define('metallb.io', 'v1beta1', 'Community', { plural: 'communities', hasStatus: true }),
  define('metallb.io', 'v1beta1', 'ConfigurationState', { hasStatus: true }),
  define('metallb.io', 'v1beta1', 'IPAddressPool', { hasStatus: true }),
  define('metallb.io', 'v1beta1', 'L2Advertisement', { hasStatus: true }),
  define('metallb.io', 'v1beta1', 'ServiceBGPStatus', { plural: 'servicebgpstatuses', hasStatus: true }),
  define('metallb.io', 'v1beta1', 'ServiceL2Status', { plural: 'servicel2statuses', hasStatus: true }),
];

/** Of a HelmChart's spec at helm-controller 0.17.9. */
const HELM_CHART_FIELDS = {
  targetNamespace: 'string',
  createNamespace: 'boolean',
  chart: 'string',
  version: 'string',
  repo: 'string',
  repoCA: 'string',
  repoCAConfigMap: 'object',
  set: 'object',
  values: 'object',
  valuesContent: 'string',
  valuesSecrets: 'array',
  helmVersion: 'string',
  bootstrap: 'boolean',
  takeOwnership: 'boolean',
  serverSide: 'string',
  forceConflicts: 'boolean',
  chartContent: 'string',
  jobImage: 'string',
  backOffLimit: 'integer',
  timeout: 'string',
  failurePolicy: 'string',
  authSecret: 'object',
  authPassCredentials: 'boolean',
  insecureSkipTLSVerify: 'boolean',
  plainHTTP: 'boolean',
  dockerRegistrySecret: 'object',
  podSecurityContext: 'object',
  securityContext: 'object',
  driver: 'string',
} as const;

/** Those of the helm-controller inside K3s. */
export const HELM_CRDS: readonly Manifest[] = [
  define('helm.cattle.io', 'v1', 'HelmChart', { shortNames: ['hc'], hasStatus: true, specFields: HELM_CHART_FIELDS }),
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
