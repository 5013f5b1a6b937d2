import type { AppState } from '../../preload/contract.ts';
import { NOTHING_TOLD, type Notice, notificationFor, OUTAGE_MS, type Told } from './notice.ts';

export interface NotifierOptions {
  readonly show: (notice: Notice) => void;
  /** The user looks at the window, which tells the same. */
  readonly isWatched: () => boolean;
}

/** A cluster that was just connected tells its names one after another. */
const SETTLE_MS = 2_000;
/** What happens in between comes together in the next one. */
const GAP_MS = 30_000;

/** Tells the user what they should know, and little of it: one notification in half a minute. */
export class Notifier {
  readonly #options: NotifierOptions;
  #state: AppState | undefined;
  #told: Told = NOTHING_TOLD;
  #due = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #shownAt = Number.NEGATIVE_INFINITY;

  constructor(options: NotifierOptions) {
    this.#options = options;
  }

  update(state: AppState): void {
    this.#state = state;
    this.#arm(SETTLE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(wait: number): void {
    const now = performance.now();
    const due = Math.max(now + wait, this.#shownAt + GAP_MS);
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => this.#look(), due - now).unref();
  }

  #look(): void {
    this.#due = Number.POSITIVE_INFINITY;
    if (this.#state === undefined) return;
    const now = performance.now();
    const { told, notice } = notificationFor(this.#told, this.#state, now);
    this.#told = told;
    if (notice !== undefined && !this.#options.isWatched()) {
      this.#shownAt = now;
      this.#options.show(notice);
    }
    const { outage } = told;
    if (outage !== undefined && !outage.isTold) this.#arm(outage.since + OUTAGE_MS - now);
  }
}
