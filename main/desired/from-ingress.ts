import type { Ingress } from '../cluster/objects.ts';
import {
  addressesIn,
  annotatedNames,
  annotatedTarget,
  ClaimBuilder,
  externalDns,
  isIgnored,
  NO_CLAIMS,
  type ObjectClaims,
  type Target,
} from './claim.ts';
import type { ClaimContext } from './rules.ts';

/**
 * One Ingress → the hosts of its rules and the names in its annotations (external-dns' `ingress-hostname-source`
 * picks one of the two). Hosts only under `tls:` are no names: nothing is routed for them.
 */
export function claimsOfIngress(ingress: Ingress, { rules }: ClaimContext): ObjectClaims {
  const { annotations } = ingress;
  if (isIgnored(annotations)) return NO_CLAIMS;
  const source = externalDns(annotations, 'ingress-hostname-source').trim().toLowerCase();
  const target = annotatedTarget(annotations) ?? statusOf(ingress);
  const builder = new ClaimBuilder(ingress, rules.policy);
  if (source !== 'annotation-only') {
    for (const { host, paths } of ingress.rules) {
      if (host !== '') builder.claim(host, 'route', target);
      else for (const path of paths) builder.path(path, target);
    }
  }
  if (source !== 'defined-hosts-only') {
    for (const name of annotatedNames(annotations)) builder.claim(name, 'route', target);
  }
  return builder;
}

/** The class by its field, else by the annotation that came before it; `''` where there is neither. */
export function classOf({ className, annotations }: Pick<Ingress, 'className' | 'annotations'>): string {
  return className || annotations['kubernetes.io/ingress.class'] || '';
}

function statusOf(ingress: Ingress): Target {
  return { via: 'traefik', kind: 'Ingress', className: classOf(ingress), own: addressesIn(ingress.status) };
}
