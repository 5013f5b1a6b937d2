import { StatusError } from './api/status-error.ts';
import type { Store } from './api/store.ts';

/** A program that runs inside the cluster and can be stopped and started again, as when its pod restarts. */
export interface Controller {
  /** Puts everything right at once, then again after each burst of changes. */
  start(): void;
  stop(): void;
}

/** Runs `converge` whenever one of the tables has changed; nothing runs while nothing changes. */
export function createController(store: Store, tables: readonly string[], converge: () => void): Controller {
  let unsubscribe: (() => void)[] = [];
  let due: NodeJS.Immediate | undefined;

  const run = () => {
    due = undefined;
    try {
      converge();
    } catch (error) {
      // What the API refuses now, because somebody has deleted a kind for instance, is tried again after the next change.
      if (!(error instanceof StatusError)) throw error;
    }
  };
  const nudge = () => {
    due ??= setImmediate(run);
  };
  const stop = () => {
    for (const each of unsubscribe) each();
    unsubscribe = [];
    clearImmediate(due);
    due = undefined;
  };
  return {
    start() {
      stop();
      unsubscribe = tables.map(table => store.subscribe(table, nudge));
      run();
    },
    stop,
  };
}
