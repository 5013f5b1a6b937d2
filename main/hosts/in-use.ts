import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from './read.ts';

/** Between one try and the next: about 2.5 s in all, more than a virus scanner takes for a small file. */
export const RETRY_WAITS_MS: readonly number[] = [10, 20, 40, 80, 150, ...Array.from({ length: 11 }, () => 200)];

/** How Windows says that another program has a file open; the last two also where this user may not. */
const IN_USE: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'EACCES']);

/** Tries until nothing is in use, as often as there are waits and once more; then the last error is thrown. */
export async function whileInUse<T>(waits: readonly number[], attempt: (isAgain: boolean) => Promise<T>): Promise<T> {
  for (const [at, wait] of waits.entries()) {
    try {
      return await attempt(at > 0);
    } catch (error) {
      if (!IN_USE.has(errorCode(error))) throw error;
    }
    await delay(wait);
  }
  return await attempt(waits.length > 0);
}
