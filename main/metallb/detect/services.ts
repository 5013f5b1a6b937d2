import { serviceFields } from '../../cluster/fields.ts';
import { annotationsOf, labelsOf, type RawObject } from '../../cluster/object-api.ts';
import { objectName, record, text } from '../../cluster/raw.ts';
import type { LoadBalancerFacts, Survey } from '../survey.ts';

/** MetalLB's annotations; the second prefix is that of before 0.14.9. */
const PREFIXES = ['metallb.io', 'metallb.universe.tf'];

/** Services of type LoadBalancer, by namespace and name. */
export function loadBalancersOf(raw: readonly RawObject[]): readonly LoadBalancerFacts[] {
  return raw.flatMap(each => loadBalancerOf(each) ?? []).sort(byName);
}

/** K3s' own Traefik, else the first Service that says it is one: by the label of Traefik's chart, or by its name. */
export function traefikOf(raw: readonly RawObject[]): LoadBalancerFacts | undefined {
  const named = raw.filter(
    each => labelsOf(each)['app.kubernetes.io/name'] === 'traefik' || objectName(each)?.name === 'traefik',
  );
  const found = loadBalancersOf(named);
  return found.find(({ namespace, name }) => namespace === 'kube-system' && name === 'traefik') ?? found[0];
}

/** Traefik's Service, where it is one that MetalLB gives an address. */
export function servedTraefik({ traefik }: Pick<Survey, 'traefik'>): LoadBalancerFacts | undefined {
  return traefik?.loadBalancerClass === '' ? traefik : undefined;
}

function loadBalancerOf(raw: RawObject): LoadBalancerFacts | undefined {
  const name = objectName(raw);
  if (name === undefined) return undefined;
  const { type, loadBalancerClass, status } = serviceFields(raw, name);
  if (type !== 'LoadBalancer') return undefined;
  const annotations = annotationsOf(raw);
  const told = (key: string) => PREFIXES.map(prefix => annotations[`${prefix}/${key}`]).find(value => value) ?? '';
  return {
    ...{ ...name, loadBalancerClass, pool: told('ip-allocated-from-pool') },
    addresses: status.map(({ ip, hostname }) => ip || hostname).filter(address => address !== ''),
    pinned: told('loadBalancerIPs')
      .split(',')
      .map(each => each.trim())
      .filter(each => each !== ''),
    requested: text(record(raw.spec).loadBalancerIP),
  };
}

function byName(a: LoadBalancerFacts, b: LoadBalancerFacts): number {
  return `${a.namespace}/${a.name}` < `${b.namespace}/${b.name}` ? -1 : 1;
}
