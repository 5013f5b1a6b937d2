/**
 * Cluster objects, cut down to the fields this program uses. `fields.ts` makes them from what the API server sends;
 * nothing else of an object stays in memory. Strings are as the cluster sent them: untrusted until `host-entry.ts`
 * has parsed them.
 */

/** Namespace and name of an object; a cluster-wide object has the namespace `''`. */
export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}

interface Named<K extends string> extends ObjectName {
  readonly kind: K;
}

/** The annotations that say something about names: ours, external-dns' (both prefixes), MetalLB's and the class. */
export type Annotations = Readonly<Record<string, string>>;

/** One entry of a load balancer's status: an address, or the name of a balancer that only DNS can follow; `''` if not given. */
export interface LoadBalancerIngress {
  readonly ip: string;
  readonly hostname: string;
}

export interface Service extends Named<'Service'> {
  readonly annotations: Annotations;
  readonly type: string;
  readonly loadBalancerClass: string;
  /** `app.kubernetes.io/name`, which is `traefik` on Traefik's own Service. */
  readonly app: string;
  /** `app.kubernetes.io/instance`, shared by Traefik's Service and its IngressClass. */
  readonly instance: string;
  /** `helm.sh/chart`, which tells Traefik 2 from 3. */
  readonly chart: string;
  readonly ports: readonly number[];
  readonly status: readonly LoadBalancerIngress[];
}

export interface Ingress extends Named<'Ingress'> {
  readonly annotations: Annotations;
  readonly className: string;
  /** The paths only of a rule without a host. */
  readonly rules: readonly { readonly host: string; readonly paths: readonly string[] }[];
  readonly status: readonly LoadBalancerIngress[];
}

export interface IngressClass extends Named<'IngressClass'> {
  readonly controller: string;
  readonly instance: string;
  readonly isDefault: boolean;
}

/** Traefik's groups: `traefik.io`, and `traefik.containo.us` of Traefik 2 and earlier. */
export type IngressRouteKind = 'IngressRoute' | 'IngressRoute.traefik.containo.us';
export type IngressRouteTcpKind = 'IngressRouteTCP' | 'IngressRouteTCP.traefik.containo.us';

export interface IngressRoute extends Named<IngressRouteKind | IngressRouteTcpKind> {
  readonly annotations: Annotations;
  readonly className: string;
  /** Rules in Traefik's language; `syntax` is `v2`, `v3` or `''` (Traefik's default). */
  readonly rules: readonly { readonly match: string; readonly syntax: string }[];
}

export interface Gateway extends Named<'Gateway'> {
  readonly annotations: Annotations;
  readonly className: string;
  readonly listeners: readonly { readonly name: string; readonly hostname: string }[];
  readonly status: readonly LoadBalancerIngress[];
}

/** A route's link to one Gateway, and whether that Gateway's controller accepted it. */
export interface RouteParent extends ObjectName {
  readonly section: string;
  readonly controller: string;
  readonly accepted: boolean;
}

export type GatewayRouteKind = 'HTTPRoute' | 'GRPCRoute' | 'TLSRoute';

export interface GatewayRoute extends Named<GatewayRouteKind> {
  readonly annotations: Annotations;
  readonly hostnames: readonly string[];
  readonly paths: readonly string[];
  readonly parents: readonly RouteParent[];
}

export interface Node extends Named<'Node'> {
  readonly addresses: readonly string[];
  readonly kubeletVersion: string;
  readonly ready: boolean;
}

export interface IPAddressPool extends Named<'IPAddressPool'> {
  readonly addresses: readonly string[];
  readonly autoAssign: boolean;
  /** Addresses in use and still free, from the pool's status (MetalLB 0.15 and later); `undefined` before. */
  readonly assigned: number | undefined;
  readonly available: number | undefined;
}

export type KubeObject =
  | Service
  | Ingress
  | IngressClass
  | IngressRoute
  | Gateway
  | GatewayRoute
  | Node
  | IPAddressPool;

export type Kind = KubeObject['kind'];

/** The object of a kind: `ObjectOf<'Service'>` is `Service`. */
export type ObjectOf<K extends Kind> = Has<KubeObject, K>;

/** Of a union the members that can be of kind K; `Extract` leaves out those that can be of other kinds as well. */
type Has<T, K extends Kind> = T extends KubeObject ? (K extends T['kind'] ? T : never) : never;

/**
 * How far a kind can be trusted. `live`: complete and watched. `stale`: complete once, but the connection is gone.
 * `forbidden`: this user may not read it. `absent`: the cluster has no such kind. `starting`: no answer yet.
 */
export type KindState = 'starting' | 'live' | 'stale' | 'forbidden' | 'absent';

export interface KindStatus {
  readonly kind: Kind;
  readonly state: KindState;
  /** One sentence for people; `''` when live. */
  readonly message: string;
}
