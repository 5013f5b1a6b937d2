import type { AddressesView, CheckRow, InstallerView, InstallWish, PlanView } from '../../preload/installer.ts';
import { systemClock } from '../cluster/clock.ts';
import { AppError } from '../errors.ts';
import type { Installer } from '../metallb/install/installer.ts';
import type { Metallb } from '../metallb/metallb.ts';
import type { ClusterWatch } from './cluster-watch.ts';
import { BUSY, IDLE, withRow } from './installer-view.ts';
import { LookAgain } from './look-again.ts';
import { carryOut, installation, type Job, type Place, REMOVAL, ROLL_BACK } from './metallb-job.ts';
import { type InstallingOptions, openMetallb } from './open-metallb.ts';

/** Installs and removes MetalLB for a window, which may go and come back meanwhile. One thing at a time. */
export class Installing {
  #view = IDLE;
  readonly #options: InstallingOptions;
  /** The cluster that the view is of. */
  #watch: ClusterWatch | undefined;
  #installer: Installer | undefined;
  readonly #serviceLb: LookAgain;
  /** Something is about to begin. */
  #isOpening = false;

  constructor(options: InstallingOptions) {
    this.#options = options;
    this.#serviceLb = new LookAgain(options.clock ?? systemClock);
    options.signal.addEventListener('abort', () => this.abandon(), { once: true });
  }

  /** Of another cluster than the one that is looked at now, only what is under way is told. */
  get view(): InstallerView {
    const { watch } = this.#options.engine;
    const view = this.#watch === watch || this.busy ? this.#view : IDLE;
    return { ...view, isUnfinished: view.phase === 'idle' && watch?.facts.isUnfinished === true };
  }

  get busy(): boolean {
    return BUSY.has(this.#view.phase);
  }

  /** Looks at everything that could stand in the way; `again`: of rows that are there, only at those that did. */
  async runChecks(again: boolean): Promise<void> {
    const metallb = this.#open();
    const watch = this.#watch;
    const tell = (change: Partial<InstallerView>) => this.#tell(watch, change);
    tell({ checking: true });
    try {
      const onRow = (row: CheckRow) => tell({ checks: withRow(this.#view.checks, row) });
      const checks = await metallb.check(onRow, again ? this.#view.checks : []);
      tell({ checks });
      if (this.#watch === watch) this.#awaitServiceLb(metallb);
    } finally {
      tell({ checking: false });
    }
  }

  /** Answers of one cluster may come when the view is of another. */
  #tell(watch: ClusterWatch | undefined, change: Partial<InstallerView>): void {
    if (this.#watch === watch) this.#set(change);
  }

  /** It is switched off on the servers themselves, while the window waits. */
  #awaitServiceLb(metallb: Metallb): void {
    const isInTheWay = this.#view.checks.some(({ id, state }) => id === 'servicelb' && state === 'blocked');
    if (!isInTheWay) return this.#serviceLb.end();
    const watch = this.#watch;
    const isOff = async () => this.#options.engine.watch === watch && !(await metallb.isServiceLbOn());
    // Where the checks cannot even begin, the rows stay as they are.
    void this.#serviceLb.begin(isOff, () => void this.runChecks(true).catch(() => {}));
  }

  /** `null`: a suggestion, which the view keeps. */
  async advise(text: string | null): Promise<AddressesView> {
    const metallb = this.#open();
    const watch = this.#watch;
    const advice = await metallb.advise(text ?? undefined);
    if (text === null) this.#tell(watch, { suggestion: advice });
    return advice;
  }

  plan(wish: InstallWish): Promise<PlanView> {
    return this.#open().plan(wish);
  }

  /** Begins, or goes on; how it goes is told by the view. */
  install(wish: InstallWish): Promise<void> {
    return this.#begin(installation(wish));
  }

  /** What was installed stays, though its address does not answer: the installation is over. */
  async keep(): Promise<void> {
    const watch = this.#requireWatch();
    if (!this.view.canBeKept || this.#isOpening || this.#installer === undefined)
      throw new AppError('metallb', 'There is no installation that could be kept as it is.', 'Look at how it stands.');
    this.#isOpening = true;
    try {
      const ending = await this.#installer.keep();
      if (ending.state === 'failed') throw new AppError('metallb', ending.message, ending.hint);
      this.#options.engine.note('ok', 'The installation of MetalLB was kept as it is.');
      await watch.look();
      this.#tell(watch, IDLE);
    } finally {
      this.#isOpening = false;
    }
  }

  cancel(): void {
    if (this.#view.phase !== 'installing') return;
    this.#installer?.cancel();
    this.#set({ phase: 'cancelling' });
  }

  /** The cluster that is looked at now goes away: nothing more is begun in it. */
  abandon(): void {
    this.#serviceLb.end();
    if (this.#watch === this.#options.engine.watch) this.#installer?.cancel();
  }

  /** Takes back what an installation made that was not finished. */
  rollBack(): Promise<void> {
    return this.#begin(ROLL_BACK);
  }

  /** Throws an AppError where it is not ours. */
  remove(): Promise<void> {
    return this.#begin(REMOVAL);
  }

  /** What is over is not shown any more. */
  reset(): void {
    this.#serviceLb.end();
    if (!this.busy) this.#set(IDLE);
  }

  async #begin(job: Job): Promise<void> {
    if (this.busy || this.#isOpening)
      throw new AppError('metallb', 'MetalLB is being installed or removed already.', 'Wait until that has ended.');
    const watch = this.#requireWatch();
    const metallb = this.#open(watch);
    this.#isOpening = true;
    try {
      this.#installer = await job.open(metallb, () => this.#told());
    } finally {
      this.#isOpening = false;
    }
    const { phase, wish = this.#view.wish } = job;
    this.#watch = watch;
    this.#set({
      phase,
      ...(wish && { wish }),
      isRemoval: phase === 'removing',
      remarks: [],
      address: '',
      canBeKept: false,
    });
    this.#told();
    void this.#end(job, this.#installer, { metallb, watch });
  }

  async #end(job: Job, installer: Installer, place: Place): Promise<void> {
    const { engine } = this.#options;
    this.#set(await carryOut(job, installer, { ...place, engine }));
    engine.watch?.check();
  }

  #told(): void {
    const { steps = [], log = [] } = this.#installer ?? {};
    this.#set({ steps, log });
  }

  #set(change: Partial<InstallerView>): void {
    this.#view = { ...this.#view, ...change };
    this.#options.engine.changed();
  }

  #requireWatch(): ClusterWatch {
    const { watch } = this.#options.engine;
    if (watch !== undefined) return watch;
    throw new AppError('metallb', 'There is no cluster yet.', 'Choose a kubeconfig first.');
  }

  /** What is shown of another cluster goes, unless it is under way. */
  #open(watch = this.#requireWatch()): Metallb {
    if (this.#watch !== watch && !this.busy) {
      this.#view = IDLE;
      this.#watch = watch;
    }
    return openMetallb(watch, this.#options);
  }
}
