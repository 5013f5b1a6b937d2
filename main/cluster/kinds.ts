import {
  gatewayFields,
  gatewayRouteFields,
  ingressClassFields,
  ingressFields,
  ingressRouteFields,
  nodeFields,
  poolFields,
  serviceFields,
} from './fields.ts';
import type { Kind, ObjectName, ObjectOf } from './objects.ts';
import type { Raw } from './raw.ts';

/** What the reflector has to know of a kind. */
export interface KindInfo<T> {
  /** Group and version in the path of the API, the newest first: an older server knows only an older one. */
  readonly groups: readonly string[];
  readonly plural: string;
  readonly namespaced: boolean;
  /** True where Kubernetes itself serves it; other kinds come and go with their CustomResourceDefinitions. */
  readonly builtin: boolean;
  readonly fields: (raw: Raw, name: ObjectName) => T;
}

const TRAEFIK = 'apis/traefik.io/v1alpha1';
const OLD_TRAEFIK = 'apis/traefik.containo.us/v1alpha1';
const GATEWAY = 'apis/gateway.networking.k8s.io';

const custom = { namespaced: true, builtin: false } as const;

/** Every kind that is watched. */
export const KINDS: { readonly [K in Kind]: KindInfo<ObjectOf<K>> } = {
  Service: { groups: ['api/v1'], plural: 'services', namespaced: true, builtin: true, fields: serviceFields },
  Node: { groups: ['api/v1'], plural: 'nodes', namespaced: false, builtin: true, fields: nodeFields },
  Ingress: {
    ...{ groups: ['apis/networking.k8s.io/v1'], plural: 'ingresses', namespaced: true, builtin: true },
    fields: ingressFields,
  },
  IngressClass: {
    ...{ groups: ['apis/networking.k8s.io/v1'], plural: 'ingressclasses', namespaced: false, builtin: true },
    fields: ingressClassFields,
  },
  IngressRoute: { ...custom, groups: [TRAEFIK], plural: 'ingressroutes', fields: ingressRouteFields('IngressRoute') },
  'IngressRoute.traefik.containo.us': {
    ...{ ...custom, groups: [OLD_TRAEFIK], plural: 'ingressroutes' },
    fields: ingressRouteFields('IngressRoute.traefik.containo.us'),
  },
  IngressRouteTCP: {
    ...custom,
    groups: [TRAEFIK],
    plural: 'ingressroutetcps',
    fields: ingressRouteFields('IngressRouteTCP'),
  },
  'IngressRouteTCP.traefik.containo.us': {
    ...{ ...custom, groups: [OLD_TRAEFIK], plural: 'ingressroutetcps' },
    fields: ingressRouteFields('IngressRouteTCP.traefik.containo.us'),
  },
  Gateway: { ...custom, groups: [`${GATEWAY}/v1`, `${GATEWAY}/v1beta1`], plural: 'gateways', fields: gatewayFields },
  HTTPRoute: {
    ...{ ...custom, groups: [`${GATEWAY}/v1`, `${GATEWAY}/v1beta1`], plural: 'httproutes' },
    fields: gatewayRouteFields('HTTPRoute'),
  },
  GRPCRoute: {
    ...{ ...custom, groups: [`${GATEWAY}/v1`, `${GATEWAY}/v1alpha2`], plural: 'grpcroutes' },
    fields: gatewayRouteFields('GRPCRoute'),
  },
  TLSRoute: {
    ...{ ...custom, groups: [`${GATEWAY}/v1`, `${GATEWAY}/v1alpha3`, `${GATEWAY}/v1alpha2`], plural: 'tlsroutes' },
    fields: gatewayRouteFields('TLSRoute'),
  },
  IPAddressPool: { ...custom, groups: ['apis/metallb.io/v1beta1'], plural: 'ipaddresspools', fields: poolFields },
};

/** The name of the CustomResourceDefinition that brings a kind; `''` for Kubernetes' own. */
export function definitionOf({ groups, plural, builtin }: KindInfo<unknown>): string {
  return builtin ? '' : `${plural}.${(groups[0] ?? '').split('/')[1]}`;
}
