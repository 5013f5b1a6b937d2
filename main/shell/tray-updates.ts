/** Changes come in bursts. */
const SETTLE_MS = 250;
/** Not every desktop tells that a menu was closed. */
const OPEN_AT_MOST_MS = 60_000;

/**
 * When the tray is drawn again: once per burst of changes, only if it would look different, and never while the menu is
 * open, since a new one closes it under the pointer.
 */
export class TrayUpdates<T> {
  readonly #look: () => T;
  readonly #draw: (look: T) => void;
  #drawn = '';
  #timer: NodeJS.Timeout | undefined;
  #open: NodeJS.Timeout | undefined;

  constructor(look: () => T, draw: (look: T) => void) {
    this.#look = look;
    this.#draw = draw;
  }

  /** Something may have changed. */
  changed(): void {
    if (this.#open === undefined) this.#timer ??= setTimeout(() => this.drawNow(), SETTLE_MS);
  }

  drawNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const look = this.#look();
    const text = JSON.stringify(look);
    if (text === this.#drawn) return;
    this.#drawn = text;
    this.#draw(look);
  }

  menuOpened(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    clearTimeout(this.#open);
    this.#open = setTimeout(() => this.menuClosed(), OPEN_AT_MOST_MS).unref();
  }

  menuClosed(): void {
    clearTimeout(this.#open);
    this.#open = undefined;
    this.changed();
  }

  stop(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#open);
  }
}
