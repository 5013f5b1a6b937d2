import { setTimeout as delay } from 'node:timers/promises';

/** Time as an argument, so that tests move it by hand. */
export interface Clock {
  /** Milliseconds; only differences mean something. */
  now(): number;
  /** Resolves after that many milliseconds, or at once when aborted: never rejects. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** The real one. It goes on counting while the computer sleeps, so that what was due meanwhile is due at once. */
export const systemClock: Clock = {
  now: Date.now,
  sleep: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
};
