import type { Kind, KindState } from '../cluster/objects.ts';
import { familyOf } from '../desired/address-policy.ts';
import type { Skipped } from '../desired/claim.ts';
import type { ResolvedClaim } from '../desired/desired.ts';
import { formatOrigin, type HostEntry, type Origin, parseHostEntry, sameOrigin } from '../desired/host-entry.ts';
import { judgeName, type NamePolicy } from '../desired/name-policy.ts';
import { compact } from '../desired/sequence.ts';
import { resolveClaims } from './resolve.ts';
import { lostTo, type Row, type RowState, refusalOf, rowOf } from './row.ts';
import { unreadable, unreadableKind, unseenKind } from './unreadable.ts';

/** What is to become of one name. */
export interface NamePlan {
  readonly rows: readonly Row[];
  /** What the file is to hold of it. */
  readonly entries: readonly HostEntry[];
  readonly skipped: readonly Skipped[];
  /** It is in the file and may not be there (any more): it goes whatever is known of the cluster. */
  readonly withdrawn: boolean;
}

/** What is the same for all names of a moment. */
export interface NameContext {
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
 *      other    | with an address    | update; stale while its object is of a kind that cannot be read
 *       yes     | without an address | stale: the last address stays (MetalLB restarting)
 *       yes     | no                 | remove; stale while a kind that it derives from is not live
 *       any     | user's own line    | blocked; ours goes
 *       any     | not allowed        | blocked or needs consent; ours goes
 */

/** Plans for one name: `current` is what the file holds of it, sorted; `claims` is who asks for it, in any order. */
export function planName(
  current: readonly HostEntry[],
  claims: readonly ResolvedClaim[],
  context: NameContext,
): NamePlan {
  const planner = new NamePlanner(context);
  planner.plan(current, claims);
  const { rows, entries, skipped, withdrawn } = planner;
  return { rows: compact(rows), entries: compact(entries), skipped: compact(skipped), withdrawn };
}

class NamePlanner implements NamePlan {
  readonly rows: Row[] = [];
  readonly entries: HostEntry[] = [];
  readonly skipped: Skipped[] = [];
  withdrawn = false;
  readonly #input: NameContext;

  constructor(input: NameContext) {
    this.#input = input;
  }

  plan(current: readonly HostEntry[], claims: readonly ResolvedClaim[]): void {
    const { winner, losers } = resolveClaims(claims, current[0]?.origin, this.#input.policy);
    if (winner === undefined) for (const entry of current) this.#remove(entry);
    else this.#claimed(current, winner, claims);
    for (const loser of losers) this.#row(loser, loser.addresses[0] ?? '', 'blocked', lostTo(winner));
  }

  #claimed(current: readonly HostEntry[], winner: ResolvedClaim, claims: readonly ResolvedClaim[]): void {
    const { hostname, origin, verdict, addresses, problem } = winner;
    const taken = this.#taken(hostname);
    if (taken !== '') return this.#withdraw(current, winner, 'blocked', taken, { line: taken });
    if (verdict.verdict === 'denied') return this.#withdraw(current, winner, 'blocked', refusalOf(verdict));
    if (verdict.verdict === 'needs-consent') {
      return this.#withdraw(current, winner, 'needs-consent', refusalOf(verdict), { domain: verdict.domain });
    }
    if (this.#isHeld(current, winner, claims)) return;
    if (addresses.length > 0) return this.#pointed(current, winner);
    this.#keep(current, `${problem?.message ?? ''} Its last address stays.`);
    if (problem !== undefined && current.every(isTyped)) this.skipped.push({ hostname, origin, ...problem });
  }

  #taken(hostname: string): string {
    const line = this.#input.foreign.get(hostname);
    return line === undefined ? '' : `It is in the file already: ${line}`;
  }

  /**
   * A name stays with its holder as long as nobody can see whether the holder is still there. Only the user's word and
   * the cluster's own names come before that.
   */
  #isHeld(current: readonly HostEntry[], winner: ResolvedClaim, claims: readonly ResolvedClaim[]): boolean {
    if (winner.rank === 'manual' || winner.rank === 'cluster') return false;
    const silent = current.filter(({ origin }) => !claims.some(claim => sameOrigin(claim.origin, origin)));
    const holder = silent.find(({ origin }) => unseenKind(origin, this.#input.states) !== undefined);
    if (holder === undefined) return false;
    this.#keep(current, unreadable(holder.origin, this.#input.states));
    const pointsElsewhere = current.some(({ address }) => !winner.addresses.includes(address));
    if (pointsElsewhere) this.#row(winner, winner.addresses[0] ?? '', 'blocked', lostTo(holder));
    return true;
  }

  /** The name may not be ours (any more): what is in the file goes, and one row says why. */
  #withdraw(
    current: readonly HostEntry[],
    winner: ResolvedClaim,
    state: RowState,
    reason: string,
    more: Pick<Row, 'domain' | 'line'> = {},
  ): void {
    for (const entry of current) this.#takeOut(entry, reason);
    if (current.length > 0) return;
    this.rows.push({ ...rowOf(winner, winner.addresses[0] ?? '', state, reason), ...more });
  }

  #takeOut(entry: HostEntry, reason: string): void {
    this.withdrawn = true;
    this.#row(entry, entry.address, 'remove', reason);
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
    if (entry === undefined) {
      this.skipped.push({ hostname, origin, reason: 'denied-name', message: 'A hosts file cannot hold it.' });
      return old && this.#remove(old);
    }
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

  /** Only what is known to be gone goes: every kind that the entry derives from must be live. */
  #remove(entry: HostEntry): void {
    const unread = unreadableKind(entry.origin, this.#input.states);
    const judged = isTyped(entry) ? '' : refusalOf(judgeName(entry.hostname, this.#input.policy));
    const refusal = this.#taken(entry.hostname) || judged;
    if (refusal !== '') this.#takeOut(entry, unread === undefined ? '' : refusal);
    else if (unread === undefined) this.#row(entry, entry.address, 'remove', '');
    else this.#keep([entry], unreadable(entry.origin, this.#input.states));
  }

  /** What the user typed and took back goes all the same: it never was the address of what is kept. */
  #keep(current: readonly HostEntry[], reason: string): void {
    for (const entry of current.filter(isTyped)) this.#remove(entry);
    for (const entry of current.filter(line => !isTyped(line))) {
      this.entries.push(entry);
      this.#row(entry, entry.address, 'stale', reason);
    }
  }

  #row(of: { hostname: string; origin: Origin }, address: string, state: RowState, reason: string): void {
    this.rows.push(rowOf(of, address, state, reason));
  }
}

const isTyped = ({ origin }: HostEntry) => origin.kind === 'Manual';
