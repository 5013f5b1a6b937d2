import type { Settings } from '../../preload/contract.ts';
import type { SettingsStore } from './settings-store.ts';

/** Whether nothing is to be written by itself, and until when. The settings keep it, so that it outlasts the program. */
export class Pause {
  /** In ms since 1970; `null`: until it is ended; `undefined`: not at all. */
  until: number | null | undefined;
  readonly #settings: SettingsStore;
  readonly #onChange: () => void;
  #saving: Promise<unknown> = Promise.resolve();

  constructor(settings: SettingsStore, onChange: () => void) {
    this.#settings = settings;
    this.#onChange = onChange;
    const { pausedUntil } = settings.settings;
    if (pausedUntil === null || pausedUntil > Date.now()) this.until = pausedUntil;
  }

  get on(): boolean {
    return this.until !== undefined;
  }

  /** For so many minutes, or until it is ended. It holds at once; throws an AppError where it will not outlast the program. */
  async begin(minutes: number | null): Promise<void> {
    this.until = minutes === null ? null : Date.now() + minutes * 60_000;
    this.#onChange();
    await this.#save(this.until);
  }

  /** Throws an AppError where the next start of the program will not know of it. */
  async end(): Promise<void> {
    if (!this.on) return;
    this.until = undefined;
    this.#onChange();
    await this.#save(0);
  }

  /** Ends it where its time is over: a timer would stand still while the computer sleeps. */
  look(now: number = Date.now()): void {
    if (typeof this.until !== 'number' || this.until > now) return;
    this.until = undefined;
    this.#onChange();
  }

  /** Waits until the settings have it. */
  async stop(): Promise<void> {
    await this.#saving;
  }

  #save(pausedUntil: Settings['pausedUntil']): Promise<void> {
    const saved = this.#settings.change({ pausedUntil });
    // Whoever paused hears of a failure.
    this.#saving = saved.catch(() => {});
    return saved;
  }
}

/** Until six in the morning, when nobody is surprised by it. */
export function minutesToTomorrow(now: Date): number {
  const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 6);
  return Math.ceil((morning.getTime() - now.getTime()) / 60_000);
}
