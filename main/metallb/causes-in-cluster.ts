import { plainText } from '../cluster/plain-text.ts';
import { listed } from './addresses/listed.ts';
import { contains, rangeOf } from './addresses/ranges.ts';
import { type Cause, keyOf, type Look, type UnreachableFacts } from './cause.ts';
import { advertising } from './detect/announcing.ts';
import type { AdvertisementFacts, NodeFacts } from './survey.ts';

/* What in the cluster keeps an address from being announced. */

export const noAdvertisement: Look = facts => {
  const pool = poolOf(facts);
  const { metallb, forbidden } = facts.survey;
  if (pool === '' || forbidden.some(kind => /^(l2|bgp)advertisements\./.test(kind))) return undefined;
  if (advertisementsOf(facts).length > 0) return undefined;
  return {
    id: 'no-advertisement',
    sentence: `No L2Advertisement covers the pool ${plainText(pool)}: no node answers for ${facts.address}.`,
    wayOut: `Create an L2Advertisement for it in the namespace ${plainText(metallb?.namespace ?? '') || 'metallb-system'}.`,
  };
};

export const nodeExcluded: Look = facts => {
  const { nodes, announcers } = facts.survey;
  const advertisements = advertisementsOf(facts);
  const isL2 = advertisements.length > 0 && advertisements.every(({ kind }) => kind === 'L2Advertisement');
  if (!isL2 || nodes.length === 0 || announcers.some(({ service }) => service === keyOf(facts.service)))
    return undefined;
  const chosen = nodes.filter(node => advertisements.some(each => each.nodes?.includes(node.name) ?? true));
  if (chosen.some(({ ready, excluded }) => ready && !excluded)) return undefined;
  const excluded = chosen.filter(node => node.excluded);
  if (excluded.length === 0) return noNodeReady(facts.address, chosen, advertisements);
  return {
    id: 'node-excluded',
    sentence: `The nodes that may answer for ${facts.address} are kept out by a label: ${listed(excluded.map(({ name }) => name))}.`,
    wayOut: `Take it off: kubectl label node ${plainText(excluded[0]?.name ?? '')} node.kubernetes.io/exclude-from-external-load-balancers-`,
  };
};

function noNodeReady(
  address: string,
  chosen: readonly NodeFacts[],
  advertisements: readonly AdvertisementFacts[],
): Cause {
  const names = listed(advertisements.map(({ name }) => name));
  return {
    id: 'node-excluded',
    sentence: `No node that may answer for ${address} is ready (L2Advertisement ${names}).`,
    wayOut:
      chosen.length === 0
        ? 'The nodes that the L2Advertisement is limited to are not in this cluster: change its nodeSelectors.'
        : `See what is wrong with ${listed(chosen.map(({ name }) => name))}: kubectl describe node.`,
  };
}

export const noEndpoint: Look = ({ service, readyEndpoints }) => {
  if (service === undefined || readyEndpoints !== 0) return undefined;
  return {
    id: 'no-endpoint',
    sentence: `${plainText(keyOf(service))} has no pod that is ready, and MetalLB announces no Service without one.`,
    wayOut: `See what its pods wait for: kubectl -n ${plainText(service.namespace)} get pods`,
  };
};

/** Though it could. MetalLB tells who announces what from 0.14.2 on, and reliably in every 0.15. */
export const noAnnouncer: Look = facts => {
  const { address, service, survey } = facts;
  const { metallb, announcers, forbidden } = survey;
  if (service === undefined || service.pool === '' || forbidden.includes('servicel2statuses.metallb.io'))
    return undefined;
  if (!/^0\.(1[5-9]|[2-9][0-9])\./.test(metallb?.version ?? '')) return undefined;
  if (announcers.some(each => each.service === keyOf(service))) return undefined;
  if ([noAdvertisement, nodeExcluded, noEndpoint].some(look => look(facts) !== undefined)) return undefined;
  return {
    id: 'no-announcer',
    sentence: `No node has said yet that it answers for ${address}.`,
    wayOut: `If that stays so, restart MetalLB’s speakers: kubectl -n ${plainText(metallb?.namespace ?? '')} rollout restart daemonset`,
  };
};

/** The pool that MetalLB took the address from; `''` where it is of none. */
function poolOf({ address, service, survey }: UnreachableFacts): string {
  if (service !== undefined && service.pool !== '') return service.pool;
  return (
    survey.pools.find(({ ranges }) =>
      contains(
        ranges.flatMap(text => rangeOf(text) ?? []),
        address,
      ),
    )?.name ?? ''
  );
}

/** Those that cover the pool, or may: what selectors choose is not told. */
function advertisementsOf(facts: UnreachableFacts): readonly AdvertisementFacts[] {
  return advertising({ name: poolOf(facts) }, facts.survey.advertisements);
}
