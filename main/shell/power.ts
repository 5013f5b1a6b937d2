interface Emitter {
  on(event: 'resume' | 'unlock-screen', listener: () => void): unknown;
  off(event: 'resume' | 'unlock-screen', listener: () => void): unknown;
}

export interface WakeOptions {
  /** Electron's powerMonitor. */
  readonly power: Emitter;
  /** Electron's net.isOnline: nothing tells when it changes. */
  readonly isOnline: () => boolean;
  /** The network came or went. */
  readonly onNetwork: () => void;
  /** A number in [0, 1). */
  readonly random?: () => number;
}

const ASK_MS = 10_000;
/** The network comes back after the screen does. */
const SOONEST_MS = 500;
const LATEST_MS = 3_000;

/**
 * Calls back soon after the computer woke up, was unlocked or came online again, once for all that happens together. Not
 * at once and not always as late: a whole office wakes up at nine. Gives a function that ends it.
 */
export function onWake(
  callback: () => void,
  { power, isOnline, onNetwork, random = Math.random }: WakeOptions,
): () => void {
  let due: NodeJS.Timeout | undefined;
  let wasOnline = isOnline();
  const soon = () => {
    due ??= setTimeout(
      () => {
        due = undefined;
        callback();
      },
      SOONEST_MS + random() * (LATEST_MS - SOONEST_MS),
    );
  };
  const asking = setInterval(() => {
    const online = isOnline();
    if (online === wasOnline) return;
    wasOnline = online;
    onNetwork();
    if (online) soon();
  }, ASK_MS).unref();
  power.on('resume', soon);
  power.on('unlock-screen', soon);
  return () => {
    clearTimeout(due);
    clearInterval(asking);
    power.off('resume', soon);
    power.off('unlock-screen', soon);
  };
}
