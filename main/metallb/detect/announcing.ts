import type { AdvertisementFacts, NodeFacts, PoolFacts, Survey } from '../survey.ts';

/** Nodes that may answer for an address. */
export function announcingNodes(nodes: readonly NodeFacts[]): readonly NodeFacts[] {
  return nodes.filter(({ ready, excluded }) => ready && !excluded);
}

/** Those among `advertisements` that are for a pool; one that selects pools by label may be for any. */
export function advertising(
  { name }: Pick<PoolFacts, 'name'>,
  advertisements: readonly AdvertisementFacts[],
): readonly AdvertisementFacts[] {
  return advertisements.filter(
    ({ pools, hasPoolSelectors }) => hasPoolSelectors || pools.length === 0 || pools.includes(name),
  );
}

/** Whether a node may answer for a pool whose advertisements are known. */
export function hasAnnouncer(pool: PoolFacts, { advertisements, nodes }: Survey): boolean {
  const able = new Set(announcingNodes(nodes).map(({ name }) => name));
  return advertising(pool, advertisements).some(
    ({ kind, nodes: only }) => kind === 'BGPAdvertisement' || only === undefined || only.some(name => able.has(name)),
  );
}
