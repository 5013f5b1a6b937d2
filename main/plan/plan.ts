import type { Kind, KindState } from '../cluster/objects.ts';
import { familyOf } from '../desired/address-policy.ts';
import type { Skipped } from '../desired/claim.ts';
import type { Desired, ResolvedClaim } from '../desired/desired.ts';
import {
  compareText,
  formatOrigin,
  type HostEntry,
  type Origin,
  parseHostEntry,
  sameOrigin,
} from '../desired/host-entry.ts';
import type { NamePolicy } from '../desired/name-policy.ts';
import { resolveClaims } from './resolve.ts';

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
  /** Of `needs-consent`: what the user would have to allow. */
  readonly domain?: string;
}

/** The difference between what the file holds for a cluster and what it is to hold. */
export interface Plan {
  /** By host name. */
  readonly rows: readonly Row[];
  /** What the cluster's section is to hold. */
  readonly entries: readonly HostEntry[];
  readonly skipped: readonly Skipped[];
}

export interface PlanInput {
  /** The cluster's section as it is in the file. */
  readonly current: readonly HostEntry[];
  readonly desired: Desired;
  readonly policy: NamePolicy;
  /** Names that others have: each with the user's own line, or with what says whose it is. */
  readonly foreign: ReadonlyMap<string, string>;
  readonly states: ReadonlyMap<Kind, KindState>;
  /** Of several addresses of one name, those that answered when tried. */
  readonly answering: ReadonlySet<string>;
}

/*
 *   in the file | claimed            | what happens
 *   ------------+--------------------+-------------------------------------------------------------
 *        -      | with an address    | add
 *      same     | with an address    | in sync
 *      other    | with an address    | update
 *       yes     | without an address | stale: the last address stays (MetalLB restarting)
 *       yes     | no                 | remove; stale while a kind that it derives from is not live
 *       any     | user's own line    | blocked; ours goes
 *       any     | not allowed        | blocked or needs consent; ours goes
 */

/** Works out the plan. Pure, and the same for any order of its input. */
export function planChanges(input: PlanInput): Plan {
  const current = groupBy(input.current);
  const claims = groupBy(input.desired.claims);
  const planner = new Planner(input);
  for (const hostname of [...new Set([...current.keys(), ...claims.keys()])].sort(compareText)) {
    planner.plan(hostname, current.get(hostname) ?? [], claims.get(hostname) ?? []);
  }
  return planner;
}

class Planner implements Plan {
  readonly rows: Row[] = [];
  readonly entries: HostEntry[] = [];
  readonly skipped: Skipped[];
  readonly #input: PlanInput;

  constructor(input: PlanInput) {
    this.#input = input;
    this.skipped = [...input.desired.skipped];
  }

  plan(hostname: string, current: readonly HostEntry[], claims: readonly ResolvedClaim[]): void {
    const { winner, losers } = resolveClaims(claims, current[0]?.origin, this.#input.policy);
    if (winner === undefined) this.#unclaimed(current);
    else this.#claimed(hostname, current, winner);
    for (const loser of losers) this.#row(loser, loser.addresses[0] ?? '', 'blocked', lostTo(winner));
  }

  #claimed(hostname: string, current: readonly HostEntry[], winner: ResolvedClaim): void {
    const { verdict, addresses, problem } = winner;
    const line = this.#input.foreign.get(hostname);
    if (line !== undefined) return this.#withdraw(current, winner, 'blocked', `It is in the file already: ${line}`);
    if (verdict.verdict === 'denied') return this.#withdraw(current, winner, 'blocked', verdict.message);
    if (verdict.verdict === 'needs-consent') {
      return this.#withdraw(
        current,
        winner,
        'needs-consent',
        `Allow ${verdict.domain} to have this name.`,
        verdict.domain,
      );
    }
    if (addresses.length > 0) return this.#pointed(current, winner);
    if (current.length > 0) return this.#keep(current, `${problem?.message ?? ''} Its last address stays.`);
    if (problem !== undefined) this.skipped.push({ hostname, origin: winner.origin, ...problem });
  }

  /** The name may not be ours (any more): what is in the file goes, and one row says why. */
  #withdraw(
    current: readonly HostEntry[],
    winner: ResolvedClaim,
    state: RowState,
    reason: string,
    domain?: string,
  ): void {
    for (const entry of current) this.#row(entry, entry.address, 'remove', reason);
    if (current.length > 0) return;
    this.rows.push({
      ...rowOf(winner, winner.addresses[0] ?? '', state, reason),
      ...(domain === undefined ? {} : { domain }),
    });
  }

  #pointed(current: readonly HostEntry[], winner: ResolvedClaim): void {
    for (const family of [4, 6] as const) {
      const [old, ...more] = current.filter(({ address }) => familyOf(address) === family);
      for (const entry of more) this.#row(entry, entry.address, 'remove', '');
      const address = this.#choose(
        winner.addresses.filter(text => familyOf(text) === family),
        old?.address,
      );
      if (address !== undefined) this.#point(old, winner, address);
      else if (old !== undefined) this.#remove(old);
    }
  }

  #point(old: HostEntry | undefined, { hostname, origin }: ResolvedClaim, address: string): void {
    const same = old !== undefined && old.address === address && sameOrigin(old.origin, origin);
    const entry = same ? old : parseHostEntry(hostname, address, origin);
    if (entry === undefined) return;
    this.entries.push(entry);
    if (same) return this.#row(entry, address, 'in-sync', '');
    if (old === undefined) return this.#row(entry, address, 'add', '');
    const reason = old.address === address ? `It was asked for by ${formatOrigin(old.origin)}.` : '';
    this.rows.push({ ...rowOf(entry, address, 'update', reason), from: old.address });
  }

  /** The one written before, then one that answers, then the smallest. */
  #choose(addresses: readonly string[], written: string | undefined): string | undefined {
    if (written !== undefined && addresses.includes(written)) return written;
    return addresses.find(address => this.#input.answering.has(address)) ?? addresses[0];
  }

  #unclaimed(current: readonly HostEntry[]): void {
    for (const entry of current) this.#remove(entry);
  }

  /** Only what is known to be gone goes: every kind that the entry derives from must be live. */
  #remove(entry: HostEntry): void {
    const unsure = derivesFrom(entry.origin).find(kind => this.#input.states.get(kind) !== 'live');
    if (unsure === undefined) return this.#row(entry, entry.address, 'remove', '');
    this.#keep([entry], `Kept, because ${unsure} objects cannot be read at the moment.`);
  }

  #keep(current: readonly HostEntry[], reason: string): void {
    for (const entry of current) {
      this.entries.push(entry);
      this.#row(entry, entry.address, 'stale', reason);
    }
  }

  #row(of: { hostname: string; origin: Origin }, address: string, state: RowState, reason: string): void {
    this.rows.push(rowOf(of, address, state, reason));
  }
}

/** The kinds without which nobody can say that an entry is gone. A route's address is that of Traefik's Service. */
function derivesFrom({ kind }: Origin): readonly Kind[] {
  switch (kind) {
    case 'Manual':
      return [];
    case 'Service':
      return ['Service'];
    case 'HTTPRoute':
    case 'GRPCRoute':
    case 'TLSRoute':
      return [kind, 'Gateway', 'Service'];
    default:
      return [kind, 'Service'];
  }
}

function rowOf(
  { hostname, origin }: { hostname: string; origin: Origin },
  address: string,
  state: RowState,
  reason: string,
): Row {
  return { hostname, address, origin, state, reason };
}

function lostTo(winner: ResolvedClaim | undefined): string {
  if (winner === undefined) return 'This name is the cluster’s own; only Traefik or a name that you type can have it.';
  return `${formatOrigin(winner.origin)} has this name already.`;
}

function groupBy<T extends { readonly hostname: string }>(items: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(item.hostname);
    if (group === undefined) groups.set(item.hostname, [item]);
    else group.push(item);
  }
  return groups;
}
