import { AppError } from '../errors.ts';
import type { Held } from '../plan/guard.ts';
import type { Plan } from '../plan/plan.ts';
import type { NoPass, Pass } from '../sync/reconcile.ts';
import { count } from './text.ts';

/** How many entries a plan would add, update and remove. */
export interface Pending {
  readonly add: number;
  readonly update: number;
  readonly remove: number;
}

export const NOTHING: Pending = { add: 0, update: 0, remove: 0 };

/** Removals that are held back count too: they wait as well. */
export function pendingOf({ counts: { add, update, remove } }: Plan): Pending {
  return { add, update, remove };
}

/** What a write of the pass changes: removals that are held back stay. */
export function changesOf({ plan, held }: Pass): Pending {
  const { add, update, remove } = pendingOf(plan);
  const kept = plan.rows.filter(({ state, hostname }) => state === 'remove' && held?.names.has(hostname));
  return { add, update, remove: remove - kept.length };
}

/** What is held back, and how it is let go here. */
export function describeHeld({ message }: Held): string {
  return `${message} The option for that is --accept-removals.`;
}

/** True where a sync would write the file: also where only an edit of our own lines is to be undone. */
export function isPending({ before, after, held }: Pass): boolean {
  return before.text !== after.text || held !== undefined;
}

/** `2 to add, 1 to remove`. */
export function describePending({ add, update, remove }: Pending): string {
  const parts = [
    add > 0 ? `${add} to add` : '',
    update > 0 ? `${update} to update` : '',
    remove > 0 ? `${remove} to remove` : '',
  ];
  return parts.filter(part => part !== '').join(', ') || 'our own lines to put back as they were';
}

/** The domains that wait for a yes, each with how many names it would let in. */
function domainsToAllow({ rows }: Plan): ReadonlyMap<string, number> {
  const domains = new Map<string, number>();
  for (const { domain } of rows) if (domain !== undefined) domains.set(domain, (domains.get(domain) ?? 0) + 1);
  return domains;
}

/** One line on names that wait for consent and how to give it; `''` where none does. */
export function describeConsent(plan: Plan): string {
  const domains = domainsToAllow(plan);
  const names = [...domains.values()].reduce((sum, number) => sum + number, 0);
  if (names === 0) return '';
  const flags = [...domains.keys()].map(domain => `--allow-domain ${domain}`).join(' ');
  return `${count(names, 'name')} outside the cluster’s own domain ${names === 1 ? 'waits' : 'wait'} for your consent: ${flags}`;
}

/** The pass, where there is one; else its reason as an error. */
export function requirePass(pass: Pass | NoPass): Pass {
  if (pass.state === 'ready') return pass;
  throw new AppError('hosts-file', pass.message, pass.hint);
}
