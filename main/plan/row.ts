import type { ResolvedClaim } from '../desired/desired.ts';
import { formatOrigin, type Origin } from '../desired/host-entry.ts';
import type { NameVerdict } from '../desired/name-policy.ts';

/** What is to become of one name at one address, or why nothing is. */
export type RowState = 'in-sync' | 'add' | 'update' | 'remove' | 'stale' | 'blocked' | 'needs-consent';

export interface Row {
  readonly hostname: string;
  readonly address: string;
  readonly origin: Origin;
  readonly state: RowState;
  /** One sentence for people; `''` where the state says it all. */
  readonly reason: string;
  /** Of `update`: the address that is in the file now. */
  readonly from?: string;
  /** Of `blocked`: the line of the file that has the name. */
  readonly line?: string;
  /** Of `needs-consent`: what the user would have to allow. */
  readonly domain?: string;
}

export function rowOf(
  { hostname, origin }: { hostname: string; origin: Origin },
  address: string,
  state: RowState,
  reason: string,
): Row {
  return { hostname, address, origin, state, reason };
}

/** Why a claim did not get its name. */
export function lostTo(winner: Pick<ResolvedClaim, 'origin'> | undefined): string {
  if (winner === undefined) return 'This name is the cluster’s own; only Traefik or a name that you type can have it.';
  return `${formatOrigin(winner.origin)} has this name already.`;
}

/** Why a name may not be written; `''` where it may. */
export function refusalOf(verdict: NameVerdict): string {
  switch (verdict.verdict) {
    case 'allowed':
      return '';
    case 'denied':
      return verdict.message;
    case 'needs-consent':
      return `Allow ${verdict.domain} to have this name.`;
  }
}
