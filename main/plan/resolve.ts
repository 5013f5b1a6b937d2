import { compareAddresses } from '../desired/address-policy.ts';
import type { Rank } from '../desired/claim.ts';
import type { ResolvedClaim } from '../desired/desired.ts';
import { compareText, type Origin, sameOrigin } from '../desired/host-entry.ts';
import type { NamePolicy } from '../desired/name-policy.ts';
import { clusterDomain } from '../desired/rules.ts';

/** Who gets a name, and who asked for it in vain. */
export interface Resolution {
  readonly winner: ResolvedClaim | undefined;
  /** Claims of others that point elsewhere than the winner's, or that may not have this name at all. */
  readonly losers: readonly ResolvedClaim[];
}

const ORDER: Readonly<Record<Rank, number>> = { manual: 0, cluster: 1, route: 2, service: 3 };

/**
 * One name, many claims, one winner, the same every time. What the user typed comes first; then whoever holds the name
 * keeps it; then who has an address; then routes before Services, by namespace and name. The cluster's own two names
 * are Traefik's or the user's, nobody else's.
 */
export function resolveClaims(
  claims: readonly ResolvedClaim[],
  holder: Origin | undefined,
  policy: NamePolicy,
): Resolution {
  const [only] = claims;
  if (only !== undefined && claims.length === 1) {
    return mayHave(only, policy) ? { winner: only, losers: [] } : { winner: undefined, losers: [only] };
  }
  const candidates = claims.filter(claim => mayHave(claim, policy));
  const winner = merge(candidates.toSorted((a, b) => compareClaims(a, b, holder)));
  const others = claims.filter(({ origin }) => winner === undefined || !sameOrigin(origin, winner.origin));
  const losers = others.filter(
    claim => winner === undefined || !mayHave(claim, policy) || pointsElsewhere(claim, winner),
  );
  return { winner, losers: losers.toSorted((a, b) => compareClaims(a, b, holder)) };
}

/** The cluster's own two names are not for everybody. */
function mayHave({ rank, hostname }: ResolvedClaim, policy: NamePolicy): boolean {
  if (rank === 'cluster' || rank === 'manual') return true;
  return hostname !== policy.cluster && hostname !== clusterDomain(policy);
}

const hasAddress = ({ addresses }: ResolvedClaim) => Number(addresses.length > 0);

function compareClaims(a: ResolvedClaim, b: ResolvedClaim, holder: Origin | undefined): number {
  const isManual = ({ rank }: ResolvedClaim) => Number(rank === 'manual');
  const holds = ({ origin }: ResolvedClaim) => Number(holder !== undefined && sameOrigin(origin, holder));
  return (
    isManual(b) - isManual(a) ||
    holds(b) - holds(a) ||
    hasAddress(b) - hasAddress(a) ||
    ORDER[a.rank] - ORDER[b.rank] ||
    compareText(a.origin.namespace, b.origin.namespace) ||
    compareText(a.origin.name, b.origin.name) ||
    compareText(a.origin.kind, b.origin.kind)
  );
}

/** The first claim, with the addresses of all claims of the same origin: a name typed for IPv4 and for IPv6. */
function merge([first, ...rest]: readonly ResolvedClaim[]): ResolvedClaim | undefined {
  if (first === undefined) return undefined;
  const twins = rest.filter(({ origin }) => sameOrigin(origin, first.origin));
  if (twins.length === 0) return first;
  const addresses = new Set([first, ...twins].flatMap(twin => twin.addresses));
  return { ...first, addresses: [...addresses].sort(compareAddresses) };
}

/** Two routes of one host through the same Traefik are no conflict. */
function pointsElsewhere(claim: ResolvedClaim, winner: ResolvedClaim): boolean {
  return claim.addresses.join() !== winner.addresses.join();
}
