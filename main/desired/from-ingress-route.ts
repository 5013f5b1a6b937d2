import type { IngressRoute } from '../cluster/objects.ts';
import { annotatedNames, annotatedTarget, ClaimBuilder, isIgnored, NO_CLAIMS, type ObjectClaims } from './claim.ts';
import { classOf } from './from-ingress.ts';
import type { ClaimContext } from './rules.ts';
import { parseRule, type RuleSyntax } from './traefik-rule.ts';

/**
 * One IngressRoute or IngressRouteTCP → the hosts of its rules and the names in its annotations. A rule that Traefik
 * refuses routes nothing and is told; the other rules of the object go on.
 */
export function claimsOfIngressRoute(route: IngressRoute, context: ClaimContext): ObjectClaims {
  const { annotations, kind } = route;
  if (isIgnored(annotations)) return NO_CLAIMS;
  const target = annotatedTarget(annotations) ?? { via: 'traefik', className: classOf(route), own: [] };
  const builder = new ClaimBuilder(route, context.rules.policy);
  const protocol = kind.startsWith('IngressRouteTCP') ? 'tcp' : 'http';
  for (const { match, syntax } of route.rules) {
    const rule = parseRule(match, syntaxOf(route, syntax, context.syntax), protocol);
    if (!rule.ok) {
      builder.skip(match, 'bad-rule', `Traefik refuses the rule: ${rule.message}`);
      continue;
    }
    for (const host of rule.hosts) builder.claim(host, 'route', target);
    for (const pattern of rule.patterns) builder.skip(pattern, 'pattern', 'A hosts file cannot hold a pattern.');
    if (protocol === 'http') for (const path of rule.paths) builder.path(path);
  }
  for (const name of annotatedNames(annotations)) builder.claim(name, 'route', target);
  return builder;
}

/** The old group is served by Traefik 2 and earlier only. */
function syntaxOf({ kind }: IngressRoute, named: string, standard: RuleSyntax): RuleSyntax {
  if (named === 'v2' || named === 'v3') return named;
  return kind.endsWith('traefik.containo.us') ? 'v2' : standard;
}
