import { compareEntries, type HostEntry } from '../desired/host-entry.ts';
import type { Plan } from './plan.ts';

/** Names whose removal waits for a yes of its own; `message` is a sentence for people. */
export interface Held {
  readonly names: ReadonlySet<string>;
  readonly message: string;
}

/** A plan that may go ahead: where too many names would go, those stay. */
export interface GuardedPlan {
  readonly plan: Plan;
  readonly held: Held | undefined;
}

/** Fewer vanish all the time in a small cluster. */
const LEAST = 5;

/**
 * Holds removals back when more than half of a cluster's names (and at least five) would vanish: far more often a
 * cluster in trouble than a user's wish. `recent` are names that went over the last ten minutes and did not come back,
 * so that kinds emptying one after another are held too. Everything else in the plan goes on, and names go that may not
 * be written (any more), for to keep them would be to write them, or that the user typed and took back.
 */
export function holdMassRemoval(plan: Plan, file: readonly HostEntry[], recent: ReadonlySet<string>): GuardedPlan {
  if (plan.counts.remove === 0) return { plan, held: undefined };
  const current = file.filter(({ origin }) => origin.kind !== 'Manual');
  const { counts, skipped, withdrawn } = plan;
  const kept = namesOf(plan.entries);
  const before = new Set([...namesOf(current), ...recent]);
  const isGone = (hostname: string) => !kept.has(hostname) && !withdrawn.has(hostname);
  const vanished = [...before].filter(isGone);
  const back = current.filter(({ hostname }) => isGone(hostname));
  const isMass = vanished.length >= LEAST && vanished.length * 2 > before.size;
  if (back.length === 0 || !isMass) return { plan, held: undefined };
  const names = namesOf(back);
  const message = `${vanished.length} of ${before.size} names would vanish at once; they stay until you say that this is right.`;
  const rows = plan.rows.map(row =>
    row.state === 'remove' && names.has(row.hostname) ? { ...row, reason: message } : row,
  );
  const entries = [...plan.entries, ...back].sort(compareEntries);
  return { plan: { rows, counts, entries, skipped, withdrawn }, held: { names, message } };
}

function namesOf(entries: readonly HostEntry[]): ReadonlySet<string> {
  return new Set(entries.map(({ hostname }) => hostname));
}
