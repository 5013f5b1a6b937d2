import type { NameSource } from '../../preload/contract.ts';
import type { Annotations, Kind } from '../cluster/objects.ts';
import { plainText } from '../cluster/plain-text.ts';
import { namingAnnotations } from '../desired/claim.ts';
import type { ClusterObjects, Desired } from '../desired/desired.ts';
import { formatOrigin, type Origin } from '../desired/host-entry.ts';

/** Everything that asks for a name, also in vain; each with its annotations as they are now. */
export function sourcesOf(
  hostname: string,
  { claims, skipped }: Desired,
  objects: ClusterObjects,
): readonly NameSource[] {
  const asking = [...claims, ...skipped].filter(claim => claim.hostname === hostname).map(({ origin }) => origin);
  const origins = new Map(asking.map(origin => [formatOrigin(origin), origin]));
  return [...origins.values()].map(origin => ({
    origin,
    annotations: namingAnnotations(annotationsOf(origin, objects)).map(([name, value]) => ({
      name,
      value: plainText(value),
    })),
  }));
}

function annotationsOf({ kind, namespace, name }: Origin, objects: ClusterObjects): Annotations {
  if (kind === 'Manual') return {};
  const list: readonly { readonly namespace: string; readonly name: string; readonly annotations?: Annotations }[] =
    objects.list<Kind>(kind);
  return list.find(object => object.namespace === namespace && object.name === name)?.annotations ?? {};
}
