import type { Clock } from '../cluster/clock.ts';

const EVERY_MS = 5_000;
const TIMES = 120;

/** Asks every five seconds whether something is so, for ten minutes at most. */
export class LookAgain {
  readonly #clock: Clock;
  #ending = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** In place of what was asked before. An error is a no; `then` is called once, after the first yes. */
  async begin(ask: () => Promise<boolean>, then: () => void): Promise<void> {
    this.end();
    const { signal } = this.#ending;
    for (let times = 0; times < TIMES; times++) {
      await this.#clock.sleep(EVERY_MS, signal);
      if (signal.aborted) return;
      const isSo = await ask().catch(() => false);
      // Something else may have begun meanwhile.
      if (signal.aborted) return;
      if (isSo) return then();
    }
  }

  end(): void {
    this.#ending.abort();
    this.#ending = new AbortController();
  }
}
