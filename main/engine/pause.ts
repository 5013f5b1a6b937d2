/** Whether nothing is to be written by itself, and until when. */
export class Pause {
  /** In ms since 1970; `null`: until it is ended; `undefined`: not at all. */
  until: number | null | undefined;
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get on(): boolean {
    return this.until !== undefined;
  }

  /** For so many minutes, or until it is ended. */
  begin(minutes: number | null): void {
    clearTimeout(this.#timer);
    this.until = minutes === null ? null : Date.now() + minutes * 60_000;
    if (minutes !== null) this.#timer = setTimeout(() => this.end(), minutes * 60_000).unref();
    this.#onChange();
  }

  end(): void {
    clearTimeout(this.#timer);
    if (!this.on) return;
    this.until = undefined;
    this.#onChange();
  }
}

/** Until six in the morning, when nobody is surprised by it. */
export function minutesToTomorrow(now: Date): number {
  const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 6);
  return Math.ceil((morning.getTime() - now.getTime()) / 60_000);
}
