import type { AddressesView, CheckRow, InstallWish, PlanView } from '../../preload/installer.ts';
import { type Clock, systemClock } from '../cluster/clock.ts';
import type { Connection } from '../cluster/connection.ts';
import { ObjectApi } from '../cluster/object-api.ts';
import { AppError } from '../errors.ts';
import type { Network } from '../probe/network.ts';
import type { Dial } from '../probe/reach.ts';
import { adviseAddresses } from './addresses/advise.ts';
import { parseAddresses } from './addresses/ranges.ts';
import { type Chart, describeChart, findChart, OFFICIAL_REPOSITORY } from './chart.ts';
import { isOurs } from './detect/ours.ts';
import { readSurvey } from './detect/read-survey.ts';
import { isServiceLbOn } from './detect/service-lb.ts';
import { servedTraefik } from './detect/services.ts';
import { findHelm, type Helm, type HelmAccess, type HelmRunner, helmRunner } from './install/helm.ts';
import { Installer } from './install/installer.ts';
import { runFor, unfinishedRun } from './install/namespace.ts';
import { presentPin } from './install/pin.ts';
import type { World } from './install/step.ts';
import { NAMESPACE, PATHS, VERSION } from './objects.ts';
import { makePlan } from './plan.ts';
import { engineFor } from './preflight/engine.ts';
import { runPreflight } from './preflight/run.ts';
import type { PreflightWorld } from './preflight/world.ts';
import { notOurs, planRemoval, type Removal, removalRemarks } from './removal.ts';
import type { Survey } from './survey.ts';
import { explainUnreachable } from './unreachable.ts';

/** The cluster and the computer that it is all about. */
export interface MetallbOptions {
  readonly connection: Connection;
  readonly dial: Dial;
  readonly network: Network;
  /** Where the chart is taken from; `''`: MetalLB's own repository. */
  readonly repository: string;
  readonly engine: PreflightWorld['engine'];
  readonly helm: HelmAccess;
  /** `10.0.0.60:6443`. */
  readonly server: string;
  readonly hosts: PreflightWorld['hosts'];
  /** A name that Traefik is asked for when its address is tried. */
  readonly hostname: string;
  /** Whatever went wrong with a request, in words. */
  readonly explain: (error: unknown) => Promise<AppError>;
  /** Ends what is asked of the cluster; a change that has begun is not to be ended by it. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** MetalLB in one cluster: what a window and a command line do about it. Throws AppErrors, and where `signal` is aborted. */
export class Metallb {
  readonly #options: MetallbOptions;
  readonly #api: ObjectApi;
  #helm: Promise<Helm | undefined> | undefined;

  constructor(options: MetallbOptions) {
    this.#options = options;
    this.#api = new ObjectApi(options.connection, options.signal);
  }

  survey(): Promise<Survey> {
    return this.#explained(readSurvey(this.#api));
  }

  /** Of rows that were there before, those that were ready are not looked at again. */
  async check(onRow: (row: CheckRow) => void, before?: readonly CheckRow[]): Promise<readonly CheckRow[]> {
    const { server, hosts, engine, signal } = this.#options;
    const chart = await this.#chart();
    const world = {
      ...{ api: this.#api, server, hosts, engine, signal, chartSource: describeChart(chart) },
      survey: () => this.survey(),
      helm: () => this.#findHelm(),
    };
    return await runPreflight(world, { onRow, ...(before && { before }) });
  }

  /** `undefined`: a suggestion. */
  async advise(text: string | undefined): Promise<AddressesView> {
    const advice = await this.#advise(text);
    // What answers may be a Service of the cluster's that has got its address only now.
    return advice.problems.length === 0 ? advice : await this.#advise(text);
  }

  async #advise(text: string | undefined): Promise<AddressesView> {
    const { network, signal } = this.#options;
    const survey = await this.survey();
    const { traefik } = survey;
    const pin = await this.#explained(presentPin(this.#api, traefikIn(survey)));
    // What it asks for by our doing is chosen with the addresses.
    const others = traefik && { ...traefik, pinned: traefik.pinned.filter(address => address !== pin) };
    return { ...(await adviseAddresses(text, { ...survey, traefik: others }, network, signal)), pin };
  }

  async plan(wish: InstallWish): Promise<PlanView> {
    const survey = await this.survey();
    const [engine, chart] = [await this.#engine(survey), await this.#chart()];
    return await this.#explained(makePlan({ api: this.#api, survey, engine, chart, wish }));
  }

  async isServiceLbOn(): Promise<boolean> {
    return isServiceLbOn((await this.survey()).serviceLb);
  }

  /** Whether an installation was begun and not ended. */
  async isUnfinished(): Promise<boolean> {
    return (await this.#explained(unfinishedRun(this.#api))) !== undefined;
  }

  /** Goes on where an earlier one was cut off. `onChange`: its steps or its log are others. */
  async installer(wish: InstallWish, onChange: () => void): Promise<Installer> {
    const survey = await this.survey();
    const { metallb } = survey;
    // Much may have come since it was checked.
    if (metallb !== undefined && !metallb.ours) throw notOurs(metallb);
    if (isServiceLbOn(survey.serviceLb))
      throw new AppError('metallb', RIVAL, 'Check the cluster again, which says how.');
    const served = { ...survey, traefik: servedTraefik(survey) };
    return new Installer(await this.#world(served, wish, await this.#engine(survey)), onChange);
  }

  /** What a removal would do. */
  async planRemoval(): Promise<Removal> {
    const found = this.#explained(this.#api.get(`${PATHS.namespaces}/${NAMESPACE}`));
    const [survey, namespace] = await Promise.all([this.survey(), found]);
    return planRemoval(survey, isOurs(namespace));
  }

  /** What is left after one. */
  async remarks(): Promise<readonly string[]> {
    return removalRemarks(await this.survey());
  }

  /** To take away what is there of ours, whatever was wished. */
  async remover(onChange: () => void): Promise<Installer> {
    const survey = await this.survey();
    const engine = survey.metallb?.managedBy === 'helm' ? 'helm' : 'helmchart';
    return new Installer(await this.#world(survey, { addresses: '', pin: '' }, engine), onChange);
  }

  async #world(survey: Survey, wish: InstallWish, engine: World['engine']) {
    const { dial, network, hostname, signal, clock = systemClock } = this.#options;
    const parsed = parseAddresses(wish.addresses);
    if (!parsed.ok && wish.addresses !== '') throw new AppError('metallb', parsed.message, parsed.hint);
    const api = this.#api;
    const explain = async (address: string) => {
      const now = await this.survey();
      const service = now.services.find(({ addresses }) => addresses.includes(address));
      return await explainUnreachable({ address, service, survey: now, api, network }, signal);
    };
    return {
      ...{ api, clock, engine, chart: await this.#chart(), helm: await this.#helmRunner(engine) },
      wish: { ...wish, addresses: parsed.ok ? parsed.ranges.map(({ text }) => text) : [] },
      run: await this.#explained(runFor(api)),
      ...{ traefik: traefikIn(survey), hostname, dial, explain },
    };
  }

  async #explained<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      this.#options.signal.throwIfAborted();
      throw await this.#options.explain(error);
    }
  }

  async #engine(survey: Survey): Promise<World['engine']> {
    const engine = engineFor(survey, await this.#findHelm(), this.#options.engine);
    if (engine !== undefined) return engine;
    throw new AppError('metallb', 'There is nothing to install MetalLB with: no HelmChart of K3s, no helm.', NO_HELM);
  }

  async #helmRunner(engine: World['engine']): Promise<HelmRunner> {
    if (engine === 'helmchart') return async () => ({ code: 127, last: 'helm is not used.' });
    const helm = await this.#findHelm();
    if (helm === undefined) throw new AppError('metallb', 'There is no helm on this computer.', NO_HELM);
    return helmRunner(helm, this.#options.helm);
  }

  #findHelm(): Promise<Helm | undefined> {
    this.#helm ??= findHelm(this.#options.helm.env);
    return this.#helm;
  }

  #chart(): Promise<Chart> {
    return findChart(this.#options.repository || OFFICIAL_REPOSITORY, VERSION);
  }
}

function traefikIn({ traefik, traefikIsPackaged }: Survey): World['traefik'] {
  return traefik && { namespace: traefik.namespace, name: traefik.name, isPackaged: traefikIsPackaged };
}

const RIVAL = 'ServiceLB of K3s is on, and would fight with MetalLB over the addresses: switch it off first.';
const NO_HELM = 'Install helm (https://helm.sh/docs/intro/install), then try again.';
