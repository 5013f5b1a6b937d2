import type { Kind, KubeObject, ObjectOf, Service } from '../cluster/objects.ts';
import { assertNever } from '../errors.ts';
import {
  addressesIn,
  type Claim,
  ClaimBuilder,
  NO_CLAIMS,
  type ObjectClaims,
  type RoutePath,
  type Skipped,
} from './claim.ts';
import { claimsOfGatewayRoute } from './from-gateway-route.ts';
import { claimsOfIngress } from './from-ingress.ts';
import { claimsOfIngressRoute } from './from-ingress-route.ts';
import { claimsOfService } from './from-service.ts';
import { isOrigin, MANUAL } from './host-entry.ts';
import { judgeName } from './name-policy.ts';
import { type ClaimContext, clusterDomain, type NameRules } from './rules.ts';
import { compact, Memo } from './sequence.ts';
import { isTraefik, type Resolved, Targets } from './targets.ts';

/** The cluster's objects of one moment, by kind. A kind that is not known is an empty one here. */
export interface ClusterObjects {
  list<K extends Kind>(kind: K): readonly ObjectOf<K>[];
}

/** A claim with what its target is at the moment. */
export interface ResolvedClaim extends Omit<Claim, 'target'>, Resolved {}

/** What the cluster and the user ask for, before it is known what the hosts file holds. */
export interface Desired {
  readonly claims: readonly ResolvedClaim[];
  readonly skipped: readonly Skipped[];
  readonly paths: readonly RoutePath[];
  /** The Service behind the cluster's own names. */
  readonly traefik: Service | undefined;
}

/** The kinds whose objects ask for names. */
export const CLAIMING_KINDS = [
  'Service',
  'Ingress',
  'IngressRoute',
  'IngressRoute.traefik.containo.us',
  'IngressRouteTCP',
  'IngressRouteTCP.traefik.containo.us',
  'HTTPRoute',
  'GRPCRoute',
  'TLSRoute',
] as const satisfies readonly Kind[];

/** All that one object says about names, with where they lead at the moment. */
type ResolvedClaims = Omit<Desired, 'traefik'>;

const NOTHING: ResolvedClaims = { claims: [], skipped: [], paths: [] };

/**
 * The stage in one class: objects and rules → claims. What one object says is worked out once and kept as long as the
 * object, the rules and what all depend on (Traefik, the classes, the Gateways) stay the same.
 */
export class DesiredNames {
  readonly #known = new Memo<KubeObject, ResolvedClaims>();
  #own: ResolvedClaims = NOTHING;
  #key = '';

  of(objects: ClusterObjects, rules: NameRules): Desired {
    const gateways = new Map(objects.list('Gateway').map(item => [`${item.namespace}/${item.name}`, item]));
    const services = objects.list('Service').filter(isTraefik);
    const classes = objects.list('IngressClass');
    const targets = new Targets({ services, classes, gateways }, rules.allowPublic);
    const { traefik } = targets;
    const key = JSON.stringify([rules, services, classes, [...gateways]]);
    if (key !== this.#key) this.#begin(key, resolve(ownNames(rules, traefik), targets));
    const context = { rules, traefik: traefik && nameOf(traefik), syntax: syntaxOf(traefik), gateways };
    const each = this.#known.map(claimants(objects, rules), object =>
      // An object that no API server would take has no origin that could be written beside its names.
      isOrigin(object) ? resolve(claimsOf(object, context), targets) : NOTHING,
    );
    return { ...leaveOut(rules.excluded, together([this.#own, ...each])), traefik };
  }

  /** Something changed that all claims depend on. */
  #begin(key: string, own: ResolvedClaims): void {
    this.#known.forget();
    this.#own = own;
    this.#key = key;
  }
}

/** The user's own word about a name counts for more than every object's. */
function leaveOut(excluded: readonly string[], all: ResolvedClaims): ResolvedClaims {
  if (excluded.length === 0) return all;
  const out = new Set(excluded);
  const skipped = all.claims
    .filter(({ hostname }) => out.has(hostname))
    .map(({ hostname, origin }) => ({ hostname, origin, reason: 'excluded', message: 'You left it out.' }) as const);
  return {
    ...all,
    claims: all.claims.filter(({ hostname }) => !out.has(hostname)),
    skipped: [...all.skipped, ...skipped],
  };
}

function together(parts: readonly ResolvedClaims[]): ResolvedClaims {
  const all = { claims: [] as ResolvedClaim[], skipped: [] as Skipped[], paths: [] as RoutePath[] };
  for (const { claims, skipped, paths } of parts) {
    for (const claim of claims) all.claims.push(claim);
    for (const skip of skipped) all.skipped.push(skip);
    for (const path of paths) all.paths.push(path);
  }
  return all;
}

/** The objects that may ask for names under these rules. */
function claimants(objects: ClusterObjects, { namespaces }: NameRules): readonly KubeObject[] {
  const all = CLAIMING_KINDS.flatMap((kind): readonly KubeObject[] => objects.list(kind));
  return namespaces.length === 0 ? all : all.filter(({ namespace }) => namespaces.includes(namespace));
}

/** A path leads to the cluster's own name only where its object is served by the Traefik behind that. */
function resolve({ claims, skipped, paths }: ObjectClaims, targets: Targets): ResolvedClaims {
  return {
    claims: compact(
      claims.map(({ hostname, origin, rank, verdict, target }) => {
        return { hostname, origin, rank, verdict, ...targets.resolve(target) };
      }),
    ),
    skipped: compact(skipped),
    paths: compact(paths.filter(({ target }) => targets.leadsToTraefik(target))),
  };
}

function claimsOf(object: KubeObject, context: ClaimContext): ObjectClaims {
  switch (object.kind) {
    case 'Service':
      return claimsOfService(object, context);
    case 'Ingress':
      return claimsOfIngress(object, context);
    case 'IngressRoute':
    case 'IngressRoute.traefik.containo.us':
    case 'IngressRouteTCP':
    case 'IngressRouteTCP.traefik.containo.us':
      return claimsOfIngressRoute(object, context);
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TLSRoute':
      return claimsOfGatewayRoute(object, context);
    case 'IngressClass':
    case 'Gateway':
    case 'Node':
    case 'IPAddressPool':
      return NO_CLAIMS;
    default:
      return assertNever(object);
  }
}

/** The cluster's own two names, and the names that the user typed. */
function ownNames({ policy, manual }: NameRules, traefik: Service | undefined): ObjectClaims {
  const own = traefik && new ClaimBuilder(traefik, policy);
  const addresses = addressesIn(traefik?.status ?? []);
  for (const name of [policy.cluster, clusterDomain(policy)])
    own?.claim(name, 'cluster', { via: 'addresses', addresses });
  const typed = manual.map(({ hostname, address }) => {
    const target = { via: 'typed', address } as const;
    const judged = judgeName(hostname, policy);
    // What the user typed is consent enough; only what is denied to all stays denied.
    const verdict = judged.verdict === 'denied' ? judged : ({ verdict: 'allowed' } as const);
    return { hostname, origin: MANUAL, rank: 'manual', target, verdict } as const;
  });
  return { claims: [...(own?.claims ?? []), ...typed], skipped: own?.skipped ?? [], paths: [] };
}

/** By the chart in Traefik's labels: from chart 28 on it installs Traefik 3. */
function syntaxOf(traefik: Service | undefined): ClaimContext['syntax'] {
  const [, major] = /^traefik-([0-9]+)\./.exec(traefik?.chart ?? '') ?? [];
  return major !== undefined && Number(major) < 28 ? 'v2' : 'v3';
}

function nameOf({ namespace, name }: Service) {
  return { namespace, name };
}
