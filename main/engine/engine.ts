import type { ActivityItem, Settings, WriteView } from '../../preload/contract.ts';
import { plainText } from '../cluster/plain-text.ts';
import type { DemoOptions } from '../demo/demo.ts';
import { AppError } from '../errors.ts';
import type { WriteOutcome } from '../hosts/write.ts';
import { writeView } from '../state/file-view.ts';
import { History } from '../state/history.ts';
import type { Pass } from '../sync/reconcile.ts';
import { Chronicle } from './chronicle.ts';
import { ClusterWatch } from './cluster-watch.ts';
import type { Chosen, Connector } from './connector.ts';
import { type DemoRun, runDemo } from './demo-run.ts';
import { Pause } from './pause.ts';
import type { SettingsStore } from './settings-store.ts';

export interface EngineOptions {
  readonly settings: SettingsStore;
  readonly connector: Connector;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the demo is to be, where it is not the home cluster. */
  readonly demo?: DemoOptions;
  /** Hears each thing that happens, as a sentence. */
  readonly tell?: (text: string) => void;
}

/** What the app does, without a window: follows the settings, keeps one cluster in step, remembers what happened. */
export class Engine {
  readonly settings: SettingsStore;
  readonly pause: Pause;
  watch: ClusterWatch | undefined;
  chosen: Chosen | undefined;
  lastWrite: WriteView | undefined;
  writtenAt: number | undefined;
  readonly #options: EngineOptions;
  readonly #history: History;
  #chronicle: Chronicle | undefined;
  readonly #listeners = new Set<() => void>();
  #demo: DemoRun | undefined;
  #connecting: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.settings = options.settings;
    this.#history = new History(options.tell);
    this.pause = new Pause(options.settings, () => this.#paused());
    options.settings.onChange(before => this.#settingsChanged(before));
    options.connector.onChange(() => this.#follow());
  }

  get activity(): readonly ActivityItem[] {
    return this.#history.items;
  }

  get inDemo(): boolean {
    return this.#demo !== undefined;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Connects to what the settings and the kubeconfigs say now; one after the other. */
  reconnect(): Promise<void> {
    const run = () => this.#reconnect();
    this.#connecting = this.#connecting.then(run, run);
    return this.#connecting;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.pause.stop();
    // Whoever asked for it has heard of a failure.
    await this.#connecting.catch(() => {});
    await this.watch?.stop();
    await this.#demo?.stop();
  }

  /** Writes what is pending, and tells what came of it. */
  async syncNow(acceptRemovals: boolean): Promise<WriteView> {
    const watch = this.#requireWatch();
    const outcome = await watch.whileWriting(() => watch.loop.syncNow(acceptRemovals));
    if (!('outcome' in outcome))
      return { outcome: 'failed', message: outcome.message, hint: outcome.hint, remarks: [] };
    if (outcome.outcome === 'no-change') return { outcome: 'no-change', message: '', hint: '', remarks: [] };
    return this.lastWrite ?? writeView(outcome);
  }

  /** Does something else to the file than syncing it; afterwards nothing is written until the user says so. */
  async writeAlone(text: string, work: (watch: ClusterWatch) => Promise<WriteOutcome>): Promise<WriteView> {
    const watch = this.#requireWatch();
    const outcome = await watch.whileWriting(() => watch.loop.alone(() => work(watch)));
    this.lastWrite = writeView(outcome);
    if (outcome.outcome === 'done') {
      this.note('info', text);
      // The demo writes nothing by itself, and its file is no reason to leave the real one alone.
      if (!this.inDemo) await this.pause.begin(null);
    }
    watch.loop.request();
    this.changed();
    return this.lastWrite;
  }

  async startDemo(): Promise<void> {
    this.#demo ??= await runDemo(this.#options.demo);
    await this.reconnect();
  }

  async leaveDemo(): Promise<void> {
    const demo = this.#demo;
    this.#demo = undefined;
    await this.reconnect();
    await demo?.stop();
  }

  dismissWrite(): void {
    this.lastWrite = undefined;
    this.changed();
  }

  note(tone: ActivityItem['tone'], text: string): void {
    this.#history.add(tone, plainText(text));
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  async #reconnect(): Promise<void> {
    if (this.#stopped) return;
    const before = this.watch;
    this.watch = undefined;
    this.lastWrite = undefined;
    await before?.stop();
    this.chosen = await this.#options.connector.choose(this.settings.settings, this.#demo);
    const { session, way } = this.chosen;
    if (session !== undefined) {
      const { env } = this.#options;
      const onChange = () => this.#clusterChanged();
      const onWrite = (outcome: WriteOutcome, pass: Pass) => void this.#written(outcome, pass);
      this.watch = new ClusterWatch({ session, way, env, automatic: this.#isAutomatic(), onChange, onWrite });
      this.#chronicle = new Chronicle(this.#history);
      this.watch.start();
    }
    this.changed();
  }

  #follow(): void {
    this.reconnect().catch((error: unknown) => {
      this.note('error', `No cluster could be chosen (${error}). Start Cluster Hosts again.`);
    });
  }

  #isAutomatic(): boolean {
    const asks = this.chosen?.session?.file.asks ?? true;
    return this.settings.settings.automatic && !asks && !this.pause.on && !this.inDemo;
  }

  #paused(): void {
    if (this.watch) this.watch.loop.automatic = this.#isAutomatic();
    this.note('info', this.pause.on ? 'Syncing was paused.' : 'Syncing goes on.');
    this.changed();
  }

  #settingsChanged(before: Settings): void {
    const { settings } = this.settings;
    const rules = this.#options.connector.rulesOnly(before, settings, this.chosen);
    if (rules === 'reconnect') return this.#follow();
    if (rules !== undefined && this.watch) this.watch.rules = rules;
    if (this.watch) this.watch.loop.automatic = this.#isAutomatic();
    this.changed();
  }

  #clusterChanged(): void {
    if (this.watch !== undefined) this.#chronicle?.heard(this.watch);
    this.changed();
  }

  async #written(outcome: WriteOutcome, pass: Pass): Promise<void> {
    this.lastWrite = writeView(outcome);
    this.#chronicle?.wrote(outcome, pass);
    if (outcome.outcome === 'done') this.writtenAt = Date.now();
    this.changed();
    if (outcome.outcome !== 'done' || this.watch === undefined) return;
    const remarks = await this.watch.verify(pass);
    if (remarks.length === 0) return;
    this.lastWrite = { ...writeView(outcome), remarks: remarks.map(remark => plainText(remark)) };
    this.changed();
  }

  #requireWatch(): ClusterWatch {
    if (this.watch !== undefined) return this.watch;
    throw new AppError('kubeconfig', 'There is no cluster to sync with yet.', 'Choose a kubeconfig first.');
  }
}
