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
import { removalSteps } from './remove.ts';
import { type Ending, runSteps } from './run-steps.ts';
import { kindsServed, podsReady } from './running.ts';
import { done, type Step, type World } from './step.ts';
import type { Extent } from './unpin.ts';

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
    const { engine } = this.#world;
    const ending = await this.#run(installSteps(engine));
    if (ending.state !== 'done') return ending;
    return await this.keep();
  }

  /** What was installed so far is all that was wished: it is not to be taken back any more. */
  async keep(): Promise<Ending> {
    // Not shown, but waited for as the steps are: the cluster may be away just now.
    const world = { ...this.#ready(), cancelled: new AbortController().signal };
    return await runSteps([this.#closing()], world, () => {});
  }

  #closing(): Step {
    return {
      ...{ id: 'namespace', title: 'The end of the installation', patienceMs: 2 * 60_000, hint: 'Try again.' },
      check: async world => {
        this.address = (await addressOf(world)) ?? '';
        const [pool, advertisement] = [`${PATHS.pools}/default-pool`, `${PATHS.advertisements}/default`];
        const others = [
          `${PATHS.helmCharts}/${RELEASE}`,
          CONFIG,
          ...(world.traefik ? [servicePath(world.traefik)] : []),
        ];
        for (const path of [pool, advertisement, ...others]) await forgetBefore(world.api, path);
        await closeRun(world.api);
        return done();
      },
    };
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
    engine === 'helmchart' ? chartByK3s() : chartByHelm(),
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
