import { delimiter } from 'node:path';
import type { AddressesView, InstallerView, InstallWish, PlanView } from '../../preload/installer.ts';
import { plainText } from '../cluster/plain-text.ts';
import { clusterDomain } from '../desired/rules.ts';
import { AppError } from '../errors.ts';
import type { Installer } from '../metallb/install/installer.ts';
import type { Ending } from '../metallb/install/run-steps.ts';
import { Metallb } from '../metallb/metallb.ts';
import { HOME, quietNetwork } from '../probe/quiet-network.ts';
import { openNetwork } from '../probe/system-network.ts';
import type { ClusterWatch } from './cluster-watch.ts';
import type { Engine } from './engine.ts';

type Phase = InstallerView['phase'];

const IDLE: InstallerView = {
  ...{
    phase: 'idle',
    checks: [],
    checking: false,
    suggestion: undefined,
    steps: [],
    log: [],
    remarks: [],
    address: '',
  },
};

export interface InstallingOptions {
  readonly engine: Engine;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The kubeconfigs that are in use. */
  readonly files: () => readonly string[];
  /** The app ends. */
  readonly signal: AbortSignal;
}

/** Installs and removes MetalLB for a window, which may go and come back meanwhile. One thing at a time. */
export class Installing {
  #view = IDLE;
  readonly #options: InstallingOptions;
  /** The cluster that the view is of. */
  #watch: ClusterWatch | undefined;
  #installer: Installer | undefined;

  constructor(options: InstallingOptions) {
    this.#options = options;
  }

  /** Of another cluster than the one that is looked at now, only what is under way is told. */
  get view(): InstallerView {
    return this.#watch === this.#options.engine.watch || this.busy ? this.#view : IDLE;
  }

  get busy(): boolean {
    return BUSY.has(this.#view.phase);
  }

  /** Looks at everything that could stand in the way; of rows that are there, only at those that did. */
  async runChecks(): Promise<void> {
    const metallb = this.#open();
    const before = this.#view.checks.length === 0 ? undefined : this.#view.checks;
    this.#set({ checking: true });
    try {
      const checks = await metallb.check(row => this.#set({ checks: withRow(this.#view.checks, row) }), before);
      this.#set({ checks });
    } finally {
      this.#set({ checking: false });
    }
  }

  /** `null`: a suggestion, which the view keeps. */
  async advise(text: string | null): Promise<AddressesView> {
    const advice = await this.#open().advise(text ?? undefined);
    if (text === null) this.#set({ suggestion: advice });
    return advice;
  }

  plan(wish: InstallWish): Promise<PlanView> {
    return this.#open().plan(wish);
  }

  /** Begins, or goes on; how it goes is told by the view. */
  async install(wish: InstallWish): Promise<void> {
    const metallb = this.#openIdle();
    const installer = await metallb.installer(wish, () => this.#told());
    this.#set({ wish });
    this.#begin('installing', installer);
    void this.#end(installer.install(), 'installed', 'MetalLB was installed.');
  }

  cancel(): void {
    if (this.#view.phase !== 'installing') return;
    this.#installer?.cancel();
    this.#set({ phase: 'cancelling' });
  }

  /** Takes back what an installation made that was not finished. */
  async rollBack(): Promise<void> {
    const remover = await this.#openIdle().remover(() => this.#told());
    this.#begin('rolling-back', remover);
    void this.#end(remover.rollBack(), 'rolled-back', 'The installation of MetalLB was taken back.');
  }

  /** Throws an AppError where it is not ours. */
  async remove(): Promise<void> {
    const metallb = this.#openIdle();
    await metallb.planRemoval();
    const remover = await metallb.remover(() => this.#told());
    this.#begin('removing', remover);
    void this.#end(remover.remove(), 'removed', 'MetalLB was removed.', () => metallb.remarks());
  }

  /** What is over is not shown any more. */
  reset(): void {
    if (!this.busy) this.#set(IDLE);
  }

  #begin(phase: Phase, installer: Installer): void {
    this.#installer = installer;
    this.#set({ phase, isRemoval: phase === 'removing', remarks: [], address: '' });
    this.#told();
  }

  async #end(
    work: Promise<Ending>,
    phase: Phase,
    sentence: string,
    remarks: () => Promise<readonly string[]> = async () => [],
  ): Promise<void> {
    const { engine } = this.#options;
    const ending = await work.catch((error: unknown): Ending => ({ state: 'failed', ...inWords(error) }));
    if (ending.state === 'done') {
      engine.note('ok', sentence);
      this.#set({ phase, address: this.#installer?.address ?? '', remarks: await remarks().catch(() => []) });
    } else {
      if (ending.state === 'failed') engine.note('error', `${ending.message} ${ending.hint}`);
      this.#set({ phase: ending.state });
    }
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

  #openIdle(): Metallb {
    if (!this.busy) return this.#open();
    throw new AppError('metallb', 'MetalLB is being installed or removed already.', 'Wait until that has ended.');
  }

  #open(): Metallb {
    const { engine, env, files, signal } = this.#options;
    const { watch } = engine;
    if (watch === undefined) throw new AppError('metallb', 'There is no cluster yet.', 'Choose a kubeconfig first.');
    if (this.#watch !== watch && !this.busy) this.#view = IDLE;
    this.#watch = watch;
    const { connection, dial, target, file } = watch.session;
    const { way, reason } = watch.way;
    return new Metallb({
      ...{ connection, dial, signal, repository: engine.settings.settings.chartRepository, engine: 'auto' },
      network: engine.inDemo ? quietNetwork(HOME) : openNetwork(process.platform),
      helm: { kubeconfigs: files().join(delimiter), context: target.context.name, env },
      server: URL.parse(target.cluster.server)?.host ?? '',
      hosts: { way, reason, path: file.path },
      hostname: clusterDomain(watch.rules.policy),
    });
  }
}

const BUSY: ReadonlySet<Phase> = new Set(['installing', 'cancelling', 'rolling-back', 'removing']);

function withRow(rows: InstallerView['checks'], row: InstallerView['checks'][number]): InstallerView['checks'] {
  const known = rows.some(({ id }) => id === row.id);
  return known ? rows.map(each => (each.id === row.id ? row : each)) : [...rows, row];
}

function inWords(error: unknown): { message: string; hint: string } {
  if (error instanceof AppError) return { message: plainText(error.message), hint: plainText(error.hint) };
  return { message: 'Something went wrong inside Cluster Hosts.', hint: 'Its log has the details.' };
}
