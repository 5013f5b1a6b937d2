/** The system tells that a menu closed and which row was chosen in either order, one right after the other. */
const CHOICE_MS = 100;

/** Tells a menu that was closed without a choice, as by Esc, from one that did what it is for. */
export class MenuVisit {
  readonly #onCancel: () => void;
  #isChosen = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(onCancel: () => void) {
    this.#onCancel = onCancel;
  }

  opened(): void {
    clearTimeout(this.#timer);
    this.#isChosen = false;
  }

  chosen(): void {
    this.#isChosen = true;
  }

  closed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#isChosen) this.#onCancel();
    }, CHOICE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
