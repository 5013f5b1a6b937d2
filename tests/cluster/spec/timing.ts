import { once } from 'node:events';
import { watch } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds until a condition holds, looked at every other millisecond. */
export async function timeUntil(what: string, holds: () => boolean, timeoutMs = 15_000): Promise<number> {
  const start = performance.now();
  while (!holds()) {
    if (performance.now() - start > timeoutMs) throw new Error(`Not so after ${timeoutMs / 1000} s: ${what}`);
    await delay(2);
  }
  return performance.now() - start;
}

/** Checks over and over that something stays as it is. */
export async function staysFor(ms: number, check: () => void): Promise<void> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    check();
    await delay(5);
  }
}

/** Waits until something in a folder is touched, but not for long. */
export async function touched(folder: string, timeoutMs: number): Promise<void> {
  const watcher = watch(folder);
  await Promise.race([once(watcher, 'change'), delay(timeoutMs)]);
  watcher.close();
}

/** Smallest, middle and largest, in a form to read. */
export function summary(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  const middle = sorted[Math.floor(sorted.length / 2)];
  return `${sorted[0]} / ${middle} / ${sorted.at(-1)} ms (least, middle, most of ${times.length})`;
}
