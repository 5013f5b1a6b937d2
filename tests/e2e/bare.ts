import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type KubeObject, ObjectApi, type RawObject } from '../../main/cluster/object-api.ts';
import { addressesOf } from '../../main/metallb/install/answer.ts';
import { FULL } from '../arbitraries.ts';
import { connectTo } from '../demo-connection.ts';
import { type Launched, launchApp } from './launch.ts';
import { expect } from './patient.ts';

/** MetalLB's namespace: there as long as anything of it is. */
export const METALLB = '/api/v1/namespaces/metallb-system';

const NODES = '/api/v1/nodes';
const POOL = '/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools/default-pool';
const ASKED = 'metallb.io/loadBalancerIPs';
const TRAEFIK = '/api/v1/namespaces/kube-system/services/traefik';

/** Both in the long form. */
export const inThemes = (...short: readonly ('light' | 'dark')[]) => (FULL ? (['light', 'dark'] as const) : short);

/** The app with its own demo as a bare K3s, whose API can be talked to: to make troubles, and to see what came of it. */
export class Bare {
  readonly app: Launched;
  readonly #folder: string;

  private constructor(app: Launched, folder: string) {
    this.app = app;
    this.#folder = folder;
  }

  /** Starts the app as for the first time, and the demo from its first question. */
  static async start(colorScheme: 'light' | 'dark'): Promise<Bare> {
    const folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-bare-'));
    const app = await launchApp({ colorScheme, env: { CLUSTER_HOSTS_DEMO: 'empty', TMPDIR: folder } });
    const bare = new Bare(app, folder);
    await bare.at('Where is your cluster?');
    await app.page.evaluate(() =>
      addEventListener('securitypolicyviolation', event => {
        document.documentElement.dataset.violated = `${event.violatedDirective} ${event.blockedURI}`;
      }),
    );
    await bare.press('Try the demo');
    await bare.at('Connected to turing-cluster');
    return bare;
  }

  /** The demo's own hosts file. */
  get hosts(): string {
    return readFileSync(this.#file('hosts'), 'latin1');
  }

  /** Waits for what is shown. */
  async at(heading: string): Promise<void> {
    await expect(this.app.page.getByRole('heading', { level: 1 })).toHaveText(heading);
  }

  async press(button: string): Promise<void> {
    await this.app.page.getByRole('button', { name: button, exact: true }).click();
  }

  async sees(text: string): Promise<void> {
    await expect(this.app.page.getByText(text).first()).toBeVisible();
  }

  /** Through the wizard as far as to the yes. */
  async toReview(): Promise<void> {
    await this.press('Continue');
    await this.sees('Everything is ready.');
    await this.press('Continue');
    await expect(this.app.page.getByLabel('Addresses', { exact: true })).toHaveValue('10.0.0.70-10.0.0.80');
    await this.press('Continue');
    await this.at('What will be done');
  }

  /** Nothing for axe to find in what is shown. */
  async isSound(): Promise<void> {
    // A page of its own, which axe would look at frames from, there is not in an app.
    const axe = new AxeBuilder({ page: this.app.page }).setLegacyMode(true).exclude('[data-base-ui-focus-guard]');
    const { violations } = await axe.analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`))).toEqual([]);
  }

  /** Nothing was complained about, by the policy for the page neither. */
  async isQuiet(): Promise<void> {
    expect(await this.app.page.evaluate(() => document.documentElement.dataset.violated)).toBeUndefined();
    expect(this.app.problems()).toEqual([]);
  }

  async object(path: string): Promise<RawObject | undefined> {
    return await this.#ask(api => api.get(path));
  }

  async traefiksAddress(): Promise<string | undefined> {
    return addressesOf(await this.object(TRAEFIK))[0];
  }

  /** Whether Traefik asks for an address that is in no pool, so that an installation waits for as long as it does. */
  async withhold(isWithheld: boolean): Promise<void> {
    await this.#ask(api =>
      api.merge(TRAEFIK, { metadata: { annotations: { [ASKED]: isWithheld ? '10.0.0.99' : null } } }),
    );
  }

  /** Whether somebody has still to let go of the pool of addresses, so that a removal waits for as long as that. */
  async holdPool(isHeld: boolean): Promise<void> {
    await this.#ask(api => api.merge(POOL, { metadata: { finalizers: isHeld ? ['example.org/hold'] : null } }));
  }

  /** The arguments of K3s' server, as a restart with others would have the node say. */
  async restartServer(...args: readonly string[]): Promise<void> {
    await this.#ask(async api => {
      const [server] = (await api.list(NODES)) ?? [];
      const { name } = (server as unknown as KubeObject).metadata;
      await api.merge(`${NODES}/${name}`, {
        metadata: { annotations: { 'k3s.io/node-args': JSON.stringify(['server', ...args]) } },
      });
    });
  }

  async stop(): Promise<void> {
    await this.app.close();
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  async #ask<T>(work: (api: ObjectApi) => Promise<T>): Promise<T> {
    const connection = connectTo({ kubeconfig: readFileSync(this.#file('kubeconfig'), 'utf8') });
    try {
      return await work(new ObjectApi(connection, new AbortController().signal));
    } finally {
      connection.close();
    }
  }

  #file(name: string): string {
    const [path] = globSync(join(this.#folder, 'cluster-hosts-demo-*', name));
    if (path === undefined) throw new Error(`the demo has no ${name}`);
    return path;
  }
}
