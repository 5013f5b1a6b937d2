import type { InstallStep } from '../../../preload/installer.ts';
import { plainText } from '../../cluster/plain-text.ts';
import { PATHS, RELEASE } from '../objects.ts';
import { advertisementMade, poolMade, webhookServes } from './addresses.ts';
import { addressAnswers, addressGiven, addressOf } from './answer.ts';
import { chartByHelm } from './chart-by-helm.ts';
import { chartByK3s } from './chart-by-k3s.ts';
import { closeRun } from './namespace.ts';
import { forgetBefore } from './own.ts';
import { addressPinned, CONFIG, servicePath } from './pin.ts';
import { type Extent, removalSteps } from './remove.ts';
import { type Ending, runSteps } from './run-steps.ts';
import { kindsServed, podsReady } from './running.ts';
import type { Step, World } from './step.ts';

/** How many lines of what happened are kept. */
const MOST_LINES = 500;

/**
 * Installs MetalLB in a cluster, or takes it away, and tells how far it is. Nothing of it has to be remembered: another
 * one goes on where this one was cut off.
 */
export class Installer {
  steps: readonly InstallStep[] = [];
  log: readonly string[] = [];
  /** Traefik's address, once it is known. */
  address = '';
  readonly #world: Omit<World, 'log' | 'cancelled'>;
  readonly #onChange: () => void;
  #cancel = new AbortController();

  constructor(world: Omit<World, 'log' | 'cancelled'>, onChange: () => void) {
    this.#world = world;
    this.#onChange = onChange;
  }

  /** The step under way becomes the last. */
  cancel(): void {
    this.#cancel.abort();
  }

  async install(): Promise<Ending> {
    const { engine, api, traefik } = this.#world;
    const ending = await this.#run(installSteps(engine));
    if (ending.state !== 'done') return ending;
    this.address = (await addressOf(this.#ready())) ?? '';
    const changed = [PATHS.pools, PATHS.advertisements].map((path, at) => `${path}/${['default-pool', 'default'][at]}`);
    const others = [`${PATHS.helmCharts}/${RELEASE}`, CONFIG, ...(traefik ? [servicePath(traefik)] : [])];
    for (const path of [...changed, ...others]) await forgetBefore(api, path);
    await closeRun(api);
    return ending;
  }

  /** Takes back what this run made and changed, nothing else. */
  rollBack(): Promise<Ending> {
    return this.#remove('run');
  }

  /** Takes away all of an installation of ours. */
  remove(): Promise<Ending> {
    return this.#remove('all');
  }

  #remove(extent: Extent): Promise<Ending> {
    return this.#run(removalSteps(extent), extent === 'run');
  }

  async #run(steps: readonly Step[], undoing = false): Promise<Ending> {
    this.#cancel = new AbortController();
    this.steps = steps.map(({ id, title }) => ({ id, title, state: 'waiting', message: '', hint: '' }));
    this.#onChange();
    return await runSteps(steps, this.#ready(), step => this.#tell(step), undoing);
  }

  #ready(): World {
    const log = (line: string) => {
      this.log = [...this.log, plainText(line)].slice(-MOST_LINES);
      this.#onChange();
    };
    return { ...this.#world, log, cancelled: this.#cancel.signal };
  }

  #tell(step: InstallStep): void {
    this.steps = this.steps.map(each => (each.id === step.id ? step : each));
    this.#onChange();
  }
}

function installSteps(engine: World['engine']): readonly Step[] {
  return [
    engine === 'helmchart' ? chartByK3s : chartByHelm(),
    kindsServed,
    podsReady,
    webhookServes,
    poolMade,
    advertisementMade,
    addressPinned,
    addressGiven(),
    addressAnswers,
  ];
}
