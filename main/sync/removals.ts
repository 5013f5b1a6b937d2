import type { Plan } from '../plan/plan.ts';

const WINDOW_MS = 10 * 60_000;

/** How many names have been removed of late: kinds that empty one after another are one mass removal. */
export class Removals {
  #noted: { readonly at: number; readonly count: number }[] = [];

  /** Counts the names that a plan removed altogether. */
  note({ rows, entries }: Plan, now: number): void {
    const removed = rows.filter(({ state }) => state === 'remove').map(({ hostname }) => hostname);
    if (removed.length === 0) return;
    const kept = new Set(entries.map(({ hostname }) => hostname));
    const gone = new Set(removed.filter(hostname => !kept.has(hostname)));
    if (gone.size > 0) this.#noted.push({ at: now, count: gone.size });
  }

  /** Over the last ten minutes. */
  recent(now: number): number {
    this.#noted = this.#noted.filter(({ at }) => now - at < WINDOW_MS);
    return this.#noted.reduce((sum, { count }) => sum + count, 0);
  }
}
