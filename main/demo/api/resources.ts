/** One resource of the API, as discovery describes it. */
export interface Resource {
  /** `''` for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Whether `/status` is an endpoint of its own, so that other writes leave the status alone. */
  readonly hasStatus: boolean;
  /** Whether a CustomResourceDefinition makes it. */
  readonly custom: boolean;
}

/** `v1`, `networking.k8s.io/v1`: what objects of this resource carry as `apiVersion`. */
export function apiVersionOf({ group, version }: Pick<Resource, 'group' | 'version'>): string {
  return group === '' ? version : `${group}/${version}`;
}

/** `services`, `ingressroutes.traefik.io`: the name that kubectl, error messages and the store's tables use. */
export function groupResource({ group, plural }: Pick<Resource, 'group' | 'plural'>): string {
  return group === '' ? plural : `${plural}.${group}`;
}

interface Traits {
  readonly shortNames?: readonly string[];
  readonly namespaced?: boolean;
  readonly hasStatus?: boolean;
}

function builtIn(group: string, plural: string, kind: string, traits: Traits = {}): Resource {
  return {
    group,
    version: 'v1',
    plural,
    singular: kind.toLowerCase(),
    kind,
    shortNames: [],
    namespaced: true,
    hasStatus: false,
    custom: false,
    ...traits,
  };
}

/** What the API server serves without any CustomResourceDefinition; all at version v1. */
export const BUILT_IN: readonly Resource[] = [
  builtIn('', 'namespaces', 'Namespace', { shortNames: ['ns'], namespaced: false, hasStatus: true }),
  builtIn('', 'services', 'Service', { shortNames: ['svc'], hasStatus: true }),
  builtIn('', 'nodes', 'Node', { shortNames: ['no'], namespaced: false, hasStatus: true }),
  builtIn('', 'events', 'Event', { shortNames: ['ev'] }),
  builtIn('', 'pods', 'Pod', { shortNames: ['po'], hasStatus: true }),
  builtIn('', 'configmaps', 'ConfigMap', { shortNames: ['cm'] }),
  builtIn('', 'secrets', 'Secret'),
  builtIn('apps', 'deployments', 'Deployment', { shortNames: ['deploy'], hasStatus: true }),
  builtIn('apps', 'daemonsets', 'DaemonSet', { shortNames: ['ds'], hasStatus: true }),
  builtIn('batch', 'jobs', 'Job', { hasStatus: true }),
  builtIn('networking.k8s.io', 'ingresses', 'Ingress', { shortNames: ['ing'], hasStatus: true }),
  builtIn('networking.k8s.io', 'ingressclasses', 'IngressClass', { namespaced: false }),
  builtIn('admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', {
    namespaced: false,
  }),
  builtIn('discovery.k8s.io', 'endpointslices', 'EndpointSlice'),
  builtIn('apiextensions.k8s.io', 'customresourcedefinitions', 'CustomResourceDefinition', {
    shortNames: ['crd', 'crds'],
    namespaced: false,
    hasStatus: true,
  }),
];
