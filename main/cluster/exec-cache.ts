import type { ExecCredential } from './exec-credential.ts';

/** Renewed this long before its end, or a tenth of its life if that is shorter. */
const MARGIN_MS = 60_000;

interface Held {
  readonly credential: ExecCredential;
  readonly renewAt: number;
}

/**
 * One user's credential from a plugin. It is kept until shortly before it expires, and however many ask at once, the
 * plugin runs only once. A failed run is not kept.
 */
export class ExecCache {
  readonly #run: () => Promise<ExecCredential>;
  readonly #now: () => number;
  #held: Held | undefined;
  #running: Promise<ExecCredential> | undefined;

  constructor(run: () => Promise<ExecCredential>, now: () => number) {
    this.#run = run;
    this.#now = now;
  }

  /** `refused`: the credential that the server did not take. If it is still the one held, the plugin is asked again. */
  current(refused?: ExecCredential): Promise<ExecCredential> {
    if (this.#held && this.#held.credential !== refused && this.#now() < this.#held.renewAt) {
      return Promise.resolve(this.#held.credential);
    }
    this.#running ??= this.#renew().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #renew(): Promise<ExecCredential> {
    this.#held = undefined;
    const credential = await this.#run();
    const life = credential.expires - this.#now();
    this.#held = { credential, renewAt: credential.expires - Math.min(MARGIN_MS, life / 10) };
    return credential;
  }
}
