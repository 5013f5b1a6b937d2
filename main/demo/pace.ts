import { StatusError } from './api/status-error.ts';

/** How fast things go on in the cluster: what takes time there takes stages of equal length here. */
export class Pace {
  readonly #stageMs: number;
  readonly #timers = new Set<NodeJS.Timeout>();
  #isHurried = false;

  constructor(stageMs: number) {
    this.#stageMs = stageMs;
  }

  /** Does something so many stages later, unless `stop` comes first. */
  after(stages: number, act: () => void): void {
    if (this.#isHurried) {
      act();
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      try {
        act();
      } catch (error) {
        // What this was about has been deleted in the meantime.
        if (!(error instanceof StatusError)) throw error;
      }
    }, stages * this.#stageMs);
    timer.unref();
    this.#timers.add(timer);
  }

  /** For what was there before anybody looked: during the call, nothing takes time. */
  atOnce(act: () => void): void {
    this.#isHurried = true;
    act();
    this.#isHurried = false;
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
