import type { ActivityItem } from '../../preload/contract.ts';

/** More of them nobody reads. */
const KEPT = 200;

/** What happened, the newest first, as long as the app runs. */
export class History {
  items: readonly ActivityItem[] = [];
  readonly #tell: (text: string) => void;
  #next = 1;

  constructor(tell: (text: string) => void = () => {}) {
    this.#tell = tell;
  }

  /** Adds a sentence; one that says the same as the one before is not news. */
  add(tone: ActivityItem['tone'], text: string, at = Date.now()): void {
    const [last] = this.items;
    if (last?.text === text && last.tone === tone) return;
    this.#tell(text);
    this.items = [{ id: this.#next++, at, tone, text }, ...this.items].slice(0, KEPT);
  }
}
