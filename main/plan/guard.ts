import type { HostEntry } from '../desired/host-entry.ts';
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
 * cluster in trouble than a user's wish. `recent` counts the names removed over the last ten minutes, so that kinds
 * emptying one after another are held too. Everything else in the plan goes on.
 */
export function holdMassRemoval(plan: Plan, current: readonly HostEntry[], recent: number): GuardedPlan {
  const kept = new Set(plan.entries.map(({ hostname }) => hostname));
  const vanishing = new Set(current.map(({ hostname }) => hostname).filter(hostname => !kept.has(hostname)));
  const names = new Set(current.map(({ hostname }) => hostname)).size + recent;
  const vanished = vanishing.size + recent;
  if (vanishing.size === 0 || vanished < LEAST || vanished * 2 <= names) return { plan, held: undefined };
  const back = current.filter(({ hostname }) => vanishing.has(hostname));
  const message = `${vanished} of ${names} names would vanish at once; they stay until --accept-removals lets them go.`;
  const rows = plan.rows.map(row =>
    row.state === 'remove' && vanishing.has(row.hostname) ? { ...row, reason: message } : row,
  );
  return { plan: { ...plan, rows, entries: [...plan.entries, ...back] }, held: { names: vanishing, message } };
}
