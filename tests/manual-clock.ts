import type { Clock } from '../main/cluster/clock.ts';

/** A clock that stands still until it is moved; `asleep` tells how many are waiting for it. */
export class ManualClock implements Clock {
  #now = 1_000_000;
  #sleepers: { readonly at: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  get asleep(): number {
    return this.#sleepers.length;
  }

  async sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const sleeper = { at: this.#now + ms, wake: resolve };
    this.#sleepers.push(sleeper);
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    this.#sleepers = this.#sleepers.filter(other => other !== sleeper);
  }

  /** Moves the clock, and wakes whoever is due. */
  advance(ms: number): void {
    this.#now += ms;
    for (const { at, wake } of this.#sleepers) if (at <= this.#now) wake();
  }
}
