import type { Skipped } from '../desired/claim.ts';
import type { Desired, ResolvedClaim } from '../desired/desired.ts';
import { compareEntries, compareText, type HostEntry } from '../desired/host-entry.ts';
import { ByName } from './by-name.ts';
import { type NameContext, type NamePlan, planName } from './name-plan.ts';
import type { Row, RowState } from './row.ts';

export type { Row, RowState } from './row.ts';

/** The difference between what the file holds for a cluster and what it is to hold. */
export interface Plan {
  /** By host name. */
  readonly rows: readonly Row[];
  /** How many rows there are of each state. */
  readonly counts: Readonly<Record<RowState, number>>;
  /** What the cluster's section is to hold, in the order of the file. */
  readonly entries: readonly HostEntry[];
  readonly skipped: readonly Skipped[];
  /** Names in the file that may not be there (any more): they go whatever is known of the cluster. */
  readonly withdrawn: ReadonlySet<string>;
}

export interface PlanInput extends NameContext {
  /** The cluster's section as it is in the file. */
  readonly current: readonly HostEntry[];
  readonly desired: Desired;
}

/** Works out a plan. Pure, and the same for any order of its input. */
export function planChanges(input: PlanInput): Plan {
  return new Planner().plan(input);
}

/**
 * Works out one plan after the other, always what `planChanges` would give, but plans only those names anew of which
 * something changed since the last time. A name depends on no other name.
 */
export class Planner {
  #before: PlanInput | undefined;
  #current = new ByName<HostEntry>();
  #claims = new ByName<ResolvedClaim>();
  #names = new Map<string, NamePlan>();
  #entries: readonly HostEntry[] = [];
  #counts = noRows();

  plan(input: PlanInput): Plan {
    const dirty = this.#dirtyNames(input);
    for (const hostname of dirty) this.#planName(hostname, input);
    if (dirty.size > 0) this.#mergeEntries(dirty);
    this.#before = input;
    return new MergedPlan([...this.#names.values()], this.#entries, { ...this.#counts }, input.desired.skipped);
  }

  #dirtyNames(input: PlanInput): ReadonlySet<string> {
    if (this.#before === undefined || !isSameContext(this.#before, input)) this.#forget();
    const dirty = new Set<string>();
    const { current, desired } = this.#before ?? { current: [], desired: { claims: [] } };
    this.#current.update(current, input.current, dirty);
    this.#claims.update(desired.claims, input.desired.claims, dirty);
    return dirty;
  }

  #forget(): void {
    this.#before = undefined;
    this.#current = new ByName();
    this.#claims = new ByName();
    this.#names = new Map();
    this.#entries = [];
    this.#counts = noRows();
  }

  #planName(hostname: string, context: NameContext): void {
    const current = this.#current.get(hostname).toSorted(compareEntries);
    const claims = this.#claims.get(hostname);
    const before = this.#names.get(hostname);
    const after = planName(current, claims, context);
    for (const { state } of before?.rows ?? []) this.#counts[state] -= 1;
    for (const { state } of after.rows) this.#counts[state] += 1;
    if (current.length + claims.length > 0) this.#names.set(hostname, after);
    else this.#names.delete(hostname);
  }

  /** Into a new list: plans of earlier times keep theirs. */
  #mergeEntries(dirty: ReadonlySet<string>): void {
    const kept = this.#entries.filter(({ hostname }) => !dirty.has(hostname));
    const fresh = [...dirty].flatMap(hostname => this.#names.get(hostname)?.entries ?? []).sort(compareEntries);
    const merged: HostEntry[] = [];
    let at = 0;
    for (const entry of kept) {
      for (let next = fresh[at]; next !== undefined && compareEntries(next, entry) < 0; next = fresh[++at])
        merged.push(next);
      merged.push(entry);
    }
    this.#entries = [...merged, ...fresh.slice(at)];
  }
}

/** What was planned name by name as one. What only people look at is put in order when they do. */
class MergedPlan implements Plan {
  readonly entries: readonly HostEntry[];
  readonly counts: Plan['counts'];
  readonly #names: readonly NamePlan[];
  readonly #skipped: readonly Skipped[];
  #rows: readonly Row[] | undefined;

  constructor(
    names: readonly NamePlan[],
    entries: readonly HostEntry[],
    counts: Plan['counts'],
    skipped: readonly Skipped[],
  ) {
    this.#names = names;
    this.entries = entries;
    this.counts = counts;
    this.#skipped = skipped;
  }

  get rows(): readonly Row[] {
    this.#rows ??= this.#names.flatMap(({ rows }) => rows).sort((a, b) => compareText(a.hostname, b.hostname));
    return this.#rows;
  }

  get skipped(): readonly Skipped[] {
    return [...this.#skipped, ...this.#names.flatMap(({ skipped }) => skipped)];
  }

  get withdrawn(): ReadonlySet<string> {
    return new Set(
      this.#names.flatMap(({ withdrawn, rows }) => (withdrawn ? rows.map(({ hostname }) => hostname) : [])),
    );
  }
}

/** True where a name of which nothing changed is planned as before. */
function isSameContext(a: NameContext, b: NameContext): boolean {
  const essence = ({ policy, states, answering }: NameContext) => JSON.stringify([policy, [...states], [...answering]]);
  return a.foreign === b.foreign && essence(a) === essence(b);
}

function noRows(): Record<RowState, number> {
  return { 'in-sync': 0, add: 0, update: 0, remove: 0, stale: 0, blocked: 0, 'needs-consent': 0 };
}
