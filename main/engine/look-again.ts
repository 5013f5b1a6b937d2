const EVERY_MS = 5_000;
const TIMES = 120;

/** Asks every five seconds whether something is so, for ten minutes at most. */
export class LookAgain {
  #timer: NodeJS.Timeout | undefined;

  /** In place of what was asked before. An error is a no; `then` is called once, after the first yes. */
  begin(ask: () => Promise<boolean>, then: () => void, times = TIMES): void {
    this.end();
    if (times === 0) return;
    const timer = setTimeout(async () => {
      const isSo = await ask().catch(() => false);
      // Something else may have begun meanwhile.
      if (this.#timer !== timer) return;
      if (isSo) then();
      else this.begin(ask, then, times - 1);
    }, EVERY_MS).unref();
    this.#timer = timer;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
