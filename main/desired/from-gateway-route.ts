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
  const target = annotatedTarget(route.annotations);
  const servers = new Map<string, RouteParent[]>();
  for (const parent of accepted) {
    const listeners = listenersOf(parent, gateways.get(`${parent.namespace}/${parent.name}`));
    const names = listeners.flatMap(listener => effectiveNames(route.hostnames, listener));
    for (const name of new Set(names)) servers.set(name, [...(servers.get(name) ?? []), parent]);
    if (route.hostnames.length > 0 || !listeners.includes('')) continue;
    for (const path of route.paths) builder.path(path, target ?? { via: 'gateway', gateways: [parent] });
  }
  for (const name of annotatedNames(route.annotations)) if (!servers.has(name)) servers.set(name, accepted);
  // A name leads only to the Gateways that serve it, not to all that the route is attached to.
  for (const [name, parents] of servers) builder.claim(name, 'route', target ?? { via: 'gateway', gateways: parents });
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
  const lower = names.map(name => name.toLowerCase());
  if (listener === '') return lower;
  if (names.length === 0) return [listener.toLowerCase()];
  return lower.flatMap(name => meet(name, listener.toLowerCase()) ?? []);
}

/** Of two host names that fit each other the narrower one; a `*.` stands for one label or more. */
function meet(a: string, b: string): string | undefined {
  if (a === b) return a;
  if (b.startsWith('*.') && a.endsWith(b.slice(1))) return a;
  if (a.startsWith('*.') && b.endsWith(a.slice(1))) return b;
  return undefined;
}
