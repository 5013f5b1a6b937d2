import type { IngressRoute } from '../cluster/objects.ts';
import {
  annotatedNames,
  annotatedTarget,
  ClaimBuilder,
  isIgnored,
  NO_CLAIMS,
  type ObjectClaims,
  type Target,
} from './claim.ts';
import { classOf } from './from-ingress.ts';
import type { ClaimContext } from './rules.ts';
import { type ParsedRule, parseRule } from './traefik-rule.ts';

/**
 * One IngressRoute or IngressRouteTCP → the hosts of its rules and the names in its annotations. A rule that Traefik
 * refuses routes nothing and is told; the other rules of the object go on.
 */
export function claimsOfIngressRoute(route: IngressRoute, context: ClaimContext): ObjectClaims {
  const { annotations } = route;
  if (isIgnored(annotations)) return NO_CLAIMS;
  const target = annotatedTarget(annotations) ?? throughTraefik(route);
  const builder = new ClaimBuilder(route, context.rules.policy);
  for (const { match, syntax } of route.rules) {
    const rule = readRule(route, match, syntax, context);
    if (!rule.ok) {
      builder.skip(match, 'bad-rule', `Traefik refuses the rule: ${rule.message}`);
      continue;
    }
    for (const host of rule.hosts) builder.claim(host, 'route', target);
    for (const pattern of rule.patterns) builder.skip(pattern, 'pattern', 'A hosts file cannot hold a pattern.');
    if (protocolOf(route) === 'http') for (const path of rule.paths) builder.path(path, target);
  }
  for (const name of annotatedNames(annotations)) builder.claim(name, 'route', target);
  return builder;
}

/** The old group is served by Traefik 2 and earlier only. */
function readRule(route: IngressRoute, match: string, named: string, context: ClaimContext): ParsedRule {
  const protocol = protocolOf(route);
  if (named === 'v2' || named === 'v3') return parseRule(match, named, protocol);
  if (route.kind.endsWith('traefik.containo.us')) return parseRule(match, 'v2', protocol);
  const rule = parseRule(match, context.syntax, protocol);
  if (rule.ok || context.traefik !== undefined) return rule;
  // Which Traefik it was cannot be told while its Service is gone; names must not go because of that.
  const older = parseRule(match, 'v2', protocol);
  return older.ok ? older : rule;
}

function throughTraefik(route: IngressRoute): Target {
  return { via: 'traefik', kind: 'IngressRoute', className: classOf(route), own: [] };
}

function protocolOf({ kind }: IngressRoute): 'http' | 'tcp' {
  return kind.startsWith('IngressRouteTCP') ? 'tcp' : 'http';
}
