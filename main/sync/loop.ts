import type { WriteOutcome } from '../hosts/write.ts';
import { MemoryRelease } from './memory.ts';
import type { NoPass, Pass } from './reconcile.ts';
import { type Ends, Reconciler } from './reconciler.ts';
import { beginPass, endPass, IDLE, isDue, requestPass, type Schedule } from './schedule.ts';

export interface LoopOptions extends Ends {
  /** Writes what a pass finds, without being told to. */
  readonly automatic: boolean;
  /** Lets go of any number of names, without waiting for a yes of its own. */
  readonly acceptRemovals: boolean;
  /** After each pass, before anything is written. */
  readonly onPass: (pass: Pass | NoPass) => void;
  /** After each write that was tried; `pass` is what was to be written. */
  readonly onWrite: (outcome: WriteOutcome, pass: Pass) => void;
}

/** A write that failed is tried again after this long: the disk may have room again. */
const RETRY_MS = 30_000;

const NO_CHANGE: WriteOutcome = { outcome: 'no-change' };

const EMPTIED: NoPass = {
  state: 'emptied',
  message: 'Another program has emptied the hosts file, so nothing is written to it by itself.',
  hint: 'It goes on when the file has lines again; if it is meant to be empty, sync by hand.',
};

/** Joins cluster and file: a pass whenever either changes, one at a time, and none while nothing does. */
export class SyncLoop {
  readonly #options: LoopOptions;
  readonly #reconciler: Reconciler;
  readonly #memory = new MemoryRelease();
  #schedule: Schedule = IDLE;
  #automatic: boolean;
  #paused = true;
  /** The last pass that was believed found something in the file. */
  #hadText = false;
  #running: Promise<unknown> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #immediate: NodeJS.Immediate | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#automatic = options.automatic;
    this.#reconciler = new Reconciler(options);
  }

  start(): void {
    this.#unsubscribe ??= this.#options.source.onChange(() => this.request());
    this.resume();
  }

  /** Waits for a write that has begun. */
  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.pause();
    await this.#running;
  }

  pause(): void {
    this.#paused = true;
    this.#memory.stop();
    this.#disarm();
  }

  resume(): void {
    this.#paused = false;
    this.request();
  }

  set automatic(automatic: boolean) {
    this.#automatic = automatic;
    this.request();
  }

  /** Something changed: the cluster, the file, the settings. */
  request(): void {
    this.#schedule = requestPass(this.#schedule, performance.now());
    this.#arm();
  }

  /** Looks, and writes what it finds, whatever the settings say; waits for a pass that is under way. */
  async syncNow(acceptRemovals: boolean): Promise<WriteOutcome | NoPass> {
    return await this.alone(() => this.#pass(acceptRemovals, 'user'));
  }

  /** Does something to the file while no pass is under way, and lets none begin meanwhile. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#running !== undefined) await this.#running;
    return await this.#exclusively(work);
  }

  #arm(): void {
    const { dueAt } = this.#schedule;
    if (this.#paused || this.#running !== undefined || dueAt === undefined || !this.#options.source.ready) return;
    const wait = dueAt - performance.now();
    this.#disarm();
    // Not in this very moment: more changes of the same answer are still coming in.
    if (wait <= 0) this.#immediate = setImmediate(() => this.#run());
    else this.#timer = setTimeout(() => this.#run(), Math.ceil(wait));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#immediate);
  }

  #run(): void {
    if (this.#running !== undefined) return;
    const startedAt = performance.now();
    if (!isDue(this.#schedule, startedAt)) return this.#arm();
    const unrest = this.#options.file.unrest(startedAt);
    if (unrest > 0) {
      this.#schedule = requestPass(beginPass(this.#schedule), startedAt + unrest);
      return this.#arm();
    }
    this.#schedule = beginPass(this.#schedule);
    void this.#exclusively(() => this.#pass(this.#options.acceptRemovals, 'itself')).then(result => {
      const now = performance.now();
      this.#schedule = endPass(this.#schedule, now, now - startedAt);
      if ('outcome' in result && result.outcome === 'changed-meanwhile') this.request();
      if ('outcome' in result && result.outcome === 'failed')
        this.#schedule = requestPass(this.#schedule, now + RETRY_MS);
      this.#arm();
    });
  }

  async #pass(acceptRemovals: boolean, by: 'user' | 'itself'): Promise<WriteOutcome | NoPass> {
    const found = await this.#reconciler.look(acceptRemovals);
    const isAutomatic = by === 'itself' && this.#automatic;
    const pass = this.#believe(found, isAutomatic);
    this.#options.onPass(pass);
    if (pass.state !== 'ready') return pass;
    if ((by === 'itself' && !isAutomatic) || pass.before.text === pass.after.text) return NO_CHANGE;
    // Somebody may have begun to write while addresses were tried.
    if (isAutomatic && this.#options.file.unrest(performance.now()) > 0) {
      this.request();
      return NO_CHANGE;
    }
    const outcome = await this.#reconciler.write(pass);
    this.#options.onWrite(outcome, pass);
    return outcome;
  }

  /** A file that has become empty is more often about to be filled than meant to be so: only the user writes that one. */
  #believe(pass: Pass | NoPass, isAutomatic: boolean): Pass | NoPass {
    if (pass.state !== 'ready') return pass;
    const isEmpty = pass.before.text === '';
    if (isEmpty && this.#hadText && isAutomatic) return EMPTIED;
    this.#hadText = !isEmpty;
    return pass;
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const running = work();
    // Whoever waits for its end does not care how it went.
    this.#running = running.catch(() => {});
    try {
      return await running;
    } finally {
      this.#running = undefined;
      this.#memory.afterWork();
      this.#arm();
    }
  }
}
