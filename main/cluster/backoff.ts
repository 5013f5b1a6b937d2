/** Where waiting ends up for something that fails for ever. */
const MOST_MS = 30_000;
const FIRST_MS = 500;

/**
 * How long to wait before the next try, after so many failures in a row (from 1): full jitter, so that many watches
 * that broke together do not come back together. A server's own wish is never undercut. `random` is in [0, 1).
 */
export function backoff(failures: number, retryAfterSeconds: number | undefined, random: () => number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** (failures - 1));
  const wait = Math.round(ceiling * random());
  return Math.max(wait, (retryAfterSeconds ?? 0) * 1000);
}
