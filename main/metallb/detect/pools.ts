import { poolFields } from '../../cluster/fields.ts';
import type { RawObject } from '../../cluster/object-api.ts';
import { list, objectName, record, text } from '../../cluster/raw.ts';
import type { AdvertisementFacts, PoolFacts, Survey } from '../survey.ts';
import { isOurs } from './ours.ts';

const HOST_NAME = 'kubernetes.io/hostname';

export function poolsOf(raw: readonly RawObject[]): readonly PoolFacts[] {
  return raw.flatMap(each => {
    const name = objectName(each);
    if (name === undefined) return [];
    const { addresses, autoAssign, assigned, available } = poolFields(each, name);
    const total = assigned === undefined || available === undefined ? null : assigned + available;
    return { name: name.name, ranges: addresses, autoAssign, used: assigned ?? null, total, ours: isOurs(each) };
  });
}

export function advertisementsOf(l2: readonly RawObject[], bgp: readonly RawObject[]): readonly AdvertisementFacts[] {
  return [
    ...l2.flatMap(each => advertisementOf('L2Advertisement', each) ?? []),
    ...bgp.flatMap(each => advertisementOf('BGPAdvertisement', each) ?? []),
  ];
}

/** Of the objects ServiceL2Status; none before MetalLB 0.14.2. */
export function announcersOf(raw: readonly RawObject[]): Survey['announcers'] {
  return raw.flatMap(({ status }) => {
    const { node, serviceName, serviceNamespace } = record(status);
    const [namespace, name] = [text(serviceNamespace), text(serviceName)];
    return text(node) === '' || name === '' ? [] : { service: `${namespace}/${name}`, node: text(node) };
  });
}

function advertisementOf(kind: AdvertisementFacts['kind'], raw: RawObject): AdvertisementFacts | undefined {
  const name = objectName(raw);
  if (name === undefined) return undefined;
  const spec = record(raw.spec);
  return {
    ...{ kind, name: name.name },
    pools: list(spec.ipAddressPools).map(text),
    hasPoolSelectors: list(spec.ipAddressPoolSelectors).length > 0,
    nodes: nodesOf(list(spec.nodeSelectors).map(record)),
    interfaces: list(spec.interfaces).map(text),
  };
}

/** Selectors add up; one by another label may mean any node. */
function nodesOf(selectors: readonly RawObject[]): readonly string[] | undefined {
  const named = selectors.map(namesIn);
  return named.length === 0 || named.includes(undefined) ? undefined : named.flatMap(names => names ?? []);
}

function namesIn(selector: RawObject): readonly string[] | undefined {
  const labels = record(selector.matchLabels);
  if (HOST_NAME in labels) return [text(labels[HOST_NAME])];
  const byName = list(selector.matchExpressions)
    .map(record)
    .find(({ key, operator }) => key === HOST_NAME && operator === 'In');
  return byName && list(byName.values).map(text);
}
