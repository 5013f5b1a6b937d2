import type { Gateway, GatewayRoute, RouteParent } from '../cluster/objects.ts';
import { annotatedNames, annotatedTarget, ClaimBuilder, isIgnored, NO_CLAIMS, type ObjectClaims } from './claim.ts';
import type { ClaimContext } from './rules.ts';

/**
 * One HTTPRoute, GRPCRoute or TLSRoute → its effective host names: its own and those of its Gateways' listeners where
 * they meet (Gateway API, "Hostnames"), for the parents that accepted it.
 */
export function claimsOfGatewayRoute(route: GatewayRoute, { rules, gateways }: ClaimContext): ObjectClaims {
  if (isIgnored(route.annotations)) return NO_CLAIMS;
  const builder = new ClaimBuilder(route, rules.policy);
  const accepted = route.parents.filter(parent => parent.accepted);
  if (accepted.length === 0) {
    for (const name of route.hostnames) builder.skip(name, 'not-accepted', 'No Gateway has accepted its route.');
    return builder;
  }
  const target = annotatedTarget(route.annotations) ?? { via: 'gateway', gateways: accepted };
  for (const parent of accepted) {
    for (const listener of listenersOf(parent, gateways.get(`${parent.namespace}/${parent.name}`))) {
      const names = effectiveNames(route.hostnames, listener);
      for (const name of names) builder.claim(name, 'route', target);
      if (route.hostnames.length === 0 && listener === '') for (const path of route.paths) builder.path(path);
    }
  }
  for (const name of annotatedNames(route.annotations)) builder.claim(name, 'route', target);
  return builder;
}

/** The listeners' host names, `''` for any host: also where the Gateway itself may not be read. */
function listenersOf(parent: RouteParent, gateway: Gateway | undefined): readonly string[] {
  if (gateway === undefined) return [''];
  return gateway.listeners
    .filter(({ name }) => parent.section === '' || parent.section === name)
    .map(({ hostname }) => hostname);
}

function effectiveNames(names: readonly string[], listener: string): readonly string[] {
  if (listener === '') return names;
  if (names.length === 0) return [listener];
  return names.flatMap(name => meet(name.toLowerCase(), listener.toLowerCase()) ?? []);
}

/** Of two host names that fit each other the narrower one; a `*.` stands for one label or more. */
function meet(a: string, b: string): string | undefined {
  if (a === b) return a;
  if (b.startsWith('*.') && a.endsWith(b.slice(1))) return a;
  if (a.startsWith('*.') && b.endsWith(a.slice(1))) return b;
  return undefined;
}
