import type { Gateway, Kind, KubeObject, ObjectOf, Service } from '../cluster/objects.ts';
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
import { type Resolved, Targets } from './targets.ts';

/** The cluster's objects of one moment, by kind. A kind that is not known is an empty one here. */
export interface ClusterObjects {
  list<K extends Kind>(kind: K): Iterable<ObjectOf<K>>;
}

/** A claim with what its target is at the moment. */
export interface ResolvedClaim extends Claim, Resolved {}

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

/**
 * The stage in one class: objects and rules → claims. What one object says is worked out once and kept as long as the
 * object, the rules and what it depends on stay the same.
 */
export class DesiredNames {
  #known = new WeakMap<KubeObject, ObjectClaims>();
  #context: ClaimContext | undefined;

  of(objects: ClusterObjects, rules: NameRules): Desired {
    const gateways = new Map<string, Gateway>();
    for (const gateway of objects.list('Gateway')) gateways.set(`${gateway.namespace}/${gateway.name}`, gateway);
    const targets = new Targets(
      { services: objects.list('Service'), classes: objects.list('IngressClass'), gateways },
      rules.allowPublic,
    );
    const { traefik } = targets;
    this.#renew({ rules, traefik: traefik && nameOf(traefik), syntax: syntaxOf(traefik), gateways });
    const all = [ownNames(rules, traefik), ...this.#perObject(objects, rules)];
    return {
      claims: all.flatMap(({ claims }) => claims.map(claim => ({ ...claim, ...targets.resolve(claim.target) }))),
      skipped: all.flatMap(({ skipped }) => skipped),
      paths: all.flatMap(({ paths }) => paths),
      traefik,
    };
  }

  #perObject(objects: ClusterObjects, { namespaces }: NameRules): readonly ObjectClaims[] {
    const found: ObjectClaims[] = [];
    for (const kind of CLAIMING_KINDS) {
      for (const object of objects.list(kind)) {
        if (namespaces.length > 0 && !namespaces.includes(object.namespace)) continue;
        const claims = this.#claimsOf(object);
        if (claims !== NO_CLAIMS) found.push(claims);
      }
    }
    return found;
  }

  #claimsOf(object: KubeObject): ObjectClaims {
    const known = this.#known.get(object);
    if (known !== undefined || this.#context === undefined) return known ?? NO_CLAIMS;
    // An object that no API server would take has no origin that could be written beside its names.
    const claims = isOrigin(object) ? claimsOf(object, this.#context) : NO_CLAIMS;
    this.#known.set(object, claims);
    return claims;
  }

  /** Forgets all claims where something that every object's claims depend on has changed. */
  #renew(context: ClaimContext): void {
    if (this.#context === undefined || keyOf(context) !== keyOf(this.#context)) this.#known = new WeakMap();
    this.#context = context;
  }
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

function keyOf({ rules, traefik, syntax, gateways }: ClaimContext): string {
  return JSON.stringify([rules, traefik, syntax, [...gateways].map(([name, { listeners }]) => [name, listeners])]);
}
