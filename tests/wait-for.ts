import { setTimeout as delay } from 'node:timers/promises';

/** Waits until a condition holds; fails with its name when it does not in time. Between two looks `nudge` may help it along. */
export async function waitFor(what: string, holds: () => boolean, nudge: () => void = () => {}): Promise<void> {
  const until = performance.now() + 10_000;
  while (!holds()) {
    if (performance.now() > until) throw new Error(`never happened: ${what}`);
    nudge();
    await delay(5);
  }
}
