import type { Annotations, LoadBalancerIngress, ObjectName } from '../cluster/objects.ts';
import type { Origin } from './host-entry.ts';
import { canonicalHostname, judgeName, type NamePolicy, type NameProblem, type NameVerdict } from './name-policy.ts';

/** What decides between two claims on one name; `cluster` is Traefik's on the cluster's own two names. */
export type Rank = 'cluster' | 'manual' | 'route' | 'service';

/**
 * Where a name is to point, before it is known what that is at the moment. Addresses are as the cluster sent them; a
 * typed one is canonical, and the user's word for it is enough where it is public.
 */
export type Target =
  | { readonly via: 'typed'; readonly address: string }
  | { readonly via: 'addresses'; readonly addresses: readonly string[] }
  | {
      readonly via: 'traefik';
      readonly kind: 'Ingress' | 'IngressRoute';
      readonly className: string;
      readonly own: readonly string[];
    }
  | { readonly via: 'gateway'; readonly gateways: readonly (ObjectName & { readonly controller: string })[] };

/** One object asks for one name. */
export interface Claim {
  readonly hostname: string;
  readonly origin: Origin;
  readonly rank: Rank;
  readonly target: Target;
  readonly verdict: NameVerdict;
}

/** Something that asks for a name which no hosts file can or may hold; `hostname` is as the object says it. */
export interface Skipped {
  readonly hostname: string;
  readonly origin: Origin;
  readonly reason:
    | NameProblem
    | 'pattern'
    | 'bad-rule'
    | 'not-load-balancer'
    | 'not-accepted'
    | 'excluded'
    | AddressProblem;
  readonly message: string;
}

export type AddressProblem = 'no-address' | 'hostname-target' | 'bad-address' | 'denied-address' | 'public-address';

/** A route without a host: reachable under the cluster's own name, if that leads to where the route is served. */
export interface RoutePath {
  readonly path: string;
  readonly origin: Origin;
  readonly target: Target;
}

/** All that one object says about names. */
export interface ObjectClaims {
  readonly claims: readonly Claim[];
  readonly skipped: readonly Skipped[];
  readonly paths: readonly RoutePath[];
}

export const NO_CLAIMS: ObjectClaims = { claims: [], skipped: [], paths: [] };

/** Gathers what one object says; parses each name once. */
export class ClaimBuilder implements ObjectClaims {
  readonly claims: Claim[] = [];
  readonly skipped: Skipped[] = [];
  readonly paths: RoutePath[] = [];
  readonly #origin: Origin;
  readonly #policy: NamePolicy;
  readonly #said = new Set<string>();

  constructor({ kind, namespace, name }: Origin, policy: NamePolicy) {
    this.#origin = { kind, namespace, name };
    this.#policy = policy;
  }

  /** Claims a name as the object spells it, or notes why it cannot be claimed. Asking twice is asking once. */
  claim(text: string, rank: Rank, target: Target): void {
    const name = canonicalHostname(text);
    if (!name.ok) return this.skip(text, name.reason, name.message);
    const { hostname } = name;
    if (!this.#isNews('claim', hostname)) return;
    this.claims.push({ hostname, origin: this.#origin, rank, target, verdict: judgeName(hostname, this.#policy) });
  }

  skip(text: string, reason: Skipped['reason'], message: string): void {
    const hostname = text.slice(0, 253);
    if (this.#isNews(reason, hostname)) this.skipped.push({ hostname, origin: this.#origin, reason, message });
  }

  /** Without a slash in front it is no path: it would run into the host name that is put before it. */
  path(path: string, target: Target): void {
    if (path.startsWith('/') && this.#isNews('path', path)) this.paths.push({ path, origin: this.#origin, target });
  }

  #isNews(what: string, text: string): boolean {
    const { size } = this.#said;
    return this.#said.add(`${what} ${text}`).size > size;
  }
}

/** The annotations of the product itself; `ignore: "true"` leaves the object out. */
const OURS = {
  hostname: 'cluster-hosts/hostname',
  address: 'cluster-hosts/address',
  ignore: 'cluster-hosts/ignore',
};

/** Since external-dns 0.22 the first is its default; it wins over the older one. */
const EXTERNAL_DNS = ['external-dns.kubernetes.io/', 'external-dns.alpha.kubernetes.io/'];

const EXTERNAL_DNS_KEYS = ['hostname', 'target', 'controller', 'ingress-hostname-source'];

const NAMING: readonly string[] = [
  ...Object.values(OURS),
  ...EXTERNAL_DNS.flatMap(prefix => EXTERNAL_DNS_KEYS.map(key => prefix + key)),
];

/** Those annotations of an object that count for its names, with what they say; the text is the cluster's. */
export function namingAnnotations(annotations: Annotations): readonly (readonly [name: string, value: string])[] {
  return NAMING.flatMap(name => {
    const value = annotations[name];
    return value === undefined ? [] : [[name, value] as const];
  });
}

/** The value of one of external-dns' annotations under either prefix; `''` where there is none. */
export function externalDns(annotations: Annotations, key: string): string {
  for (const prefix of EXTERNAL_DNS) {
    const value = annotations[prefix + key];
    if (value !== undefined) return value;
  }
  return '';
}

/** True for an object that says it is not for us, or for another controller of external-dns' annotations only. */
export function isIgnored(annotations: Annotations): boolean {
  const controller = externalDns(annotations, 'controller');
  return annotations[OURS.ignore] === 'true' || (controller !== '' && controller !== 'dns-controller');
}

/** The names in an object's annotations, ours and external-dns' together. */
export function annotatedNames(annotations: Annotations): readonly string[] {
  return [...listOf(annotations[OURS.hostname] ?? ''), ...listOf(externalDns(annotations, 'hostname'))];
}

/** The target that an object's annotations set over all others; `undefined` where they set none. */
export function annotatedTarget(annotations: Annotations): Target | undefined {
  const ours = listOf(annotations[OURS.address] ?? '');
  const addresses = ours.length > 0 ? ours : listOf(externalDns(annotations, 'target'));
  return addresses.length > 0 ? { via: 'addresses', addresses } : undefined;
}

/** A comma list as external-dns reads it: spaces do not count, nor do empty items. A line break is no comma. */
function listOf(text: string): readonly string[] {
  return text
    .split(',')
    .map(item => item.replaceAll(' ', '').trim())
    .filter(item => item !== '');
}

/** What a load balancer's status says: addresses, and names where it has no address. */
export function addressesIn(status: readonly LoadBalancerIngress[]): readonly string[] {
  return status.map(({ ip, hostname }) => ip || hostname).filter(text => text !== '');
}
