import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../../main/cluster/clock.ts';

/** A clock that runs so many times as fast as the wall's. */
export function hasty(times: number): Clock {
  return {
    now: () => performance.now() * times,
    sleep: (ms, signal) => delay(ms / times, undefined, { signal }).catch(() => {}),
  };
}

/** For what waits for minutes on a cluster that takes milliseconds. */
export const hastyClock = hasty(100);
