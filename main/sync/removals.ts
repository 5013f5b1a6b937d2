import type { HostEntry } from '../desired/host-entry.ts';
import type { Plan } from '../plan/plan.ts';

const WINDOW_MS = 10 * 60_000;

/** Which names have been removed of late and not come back: kinds that empty one after another are one mass removal. */
export class Removals {
  readonly #removed = new Map<string, number>();

  /** Takes note of what a plan that was carried out removed and brought back. */
  note({ entries, counts, withdrawn }: Plan, before: readonly HostEntry[], now: number): void {
    if (this.#removed.size === 0 && counts.remove === 0) return;
    const kept = new Set(entries.map(({ hostname }) => hostname));
    for (const hostname of this.#removed.keys()) if (kept.has(hostname)) this.#removed.delete(hostname);
    for (const { hostname } of before) {
      if (!kept.has(hostname) && !withdrawn.has(hostname)) this.#removed.set(hostname, now);
    }
  }

  /** Over the last ten minutes. */
  recent(now: number): ReadonlySet<string> {
    for (const [hostname, at] of this.#removed) if (now - at >= WINDOW_MS) this.#removed.delete(hostname);
    return new Set(this.#removed.keys());
  }
}
