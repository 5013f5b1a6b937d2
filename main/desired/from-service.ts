import type { Service } from '../cluster/objects.ts';
import {
  addressesIn,
  annotatedNames,
  annotatedTarget,
  ClaimBuilder,
  isIgnored,
  NO_CLAIMS,
  type ObjectClaims,
  type Target,
} from './claim.ts';
import { type ClaimContext, clusterDomain } from './rules.ts';

/**
 * One LoadBalancer Service → the names in its annotations, else `<service>.<cluster>.<suffix>`. Other Services have
 * no address that this computer can reach, unless an annotation gives one.
 */
export function claimsOfService(service: Service, { rules, traefik }: ClaimContext): ObjectClaims {
  if (isIgnored(service.annotations)) return NO_CLAIMS;
  const names = annotatedNames(service.annotations);
  const target = annotatedTarget(service.annotations) ?? addressesOf(service);
  const isTraefik = service.namespace === traefik?.namespace && service.name === traefik.name;
  const builder = new ClaimBuilder(service, rules.policy);
  if (target === undefined) {
    for (const name of names)
      builder.skip(name, 'not-load-balancer', 'Its Service is not a LoadBalancer, so it has no address.');
    return builder;
  }
  for (const name of names) builder.claim(name, 'service', target);
  if (names.length === 0 && !isTraefik && service.type === 'LoadBalancer') {
    builder.claim(`${service.name}.${clusterDomain(rules.policy)}`, 'service', target);
  }
  return builder;
}

function addressesOf({ type, status }: Service): Target | undefined {
  return type === 'LoadBalancer' ? { via: 'addresses', addresses: addressesIn(status) } : undefined;
}
