import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, type DemoOptions, startDemo } from '../../main/demo/demo.ts';
import { type Launched, type LaunchOptions, launchApp } from './launch.ts';

/** The hosts file of a test before anything is written to it. */
export const FIRST = '127.0.0.1\tlocalhost\n10.0.0.1\trouter # mine\n';

/** A computer with a simulated cluster next to it: a hosts file, somebody who is asked for a password, and a kubeconfig. */
export class Computer {
  readonly folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-desk-'));
  readonly kubeconfig = join(this.folder, 'cluster.yaml');
  readonly path = join(this.folder, 'hosts');
  readonly #answers = join(this.folder, 'answer');
  readonly demo: Demo;
  #app: Launched | undefined;

  private constructor(demo: Demo) {
    this.demo = demo;
    this.hosts = FIRST;
    this.answer = 'yes';
    writeFileSync(this.kubeconfig, demo.kubeconfig);
  }

  static async start(options?: DemoOptions): Promise<Computer> {
    return new Computer(await startDemo(options));
  }

  get hosts(): string {
    return readFileSync(this.path, 'latin1');
  }

  set hosts(text: string) {
    writeFileSync(this.path, text, 'latin1');
  }

  /** What the user says when asked for a password; the question stays open where it is `nothing yet`. */
  set answer(answer: 'yes' | 'no' | 'nothing yet') {
    writeFileSync(this.#answers, answer);
  }

  /** Starts the app; `kubeconfig` is the one that it finds by itself, by default the cluster's. */
  async launch({
    kubeconfig = this.kubeconfig,
    ...options
  }: LaunchOptions & { kubeconfig?: string } = {}): Promise<Launched> {
    const env = { KUBECONFIG: kubeconfig, CLUSTER_HOSTS_FILE: this.path, CLUSTER_HOSTS_ANSWERS: this.#answers };
    this.#app = await launchApp({ folder: join(this.folder, 'app'), ...options, env: { ...env, ...options.env } });
    return this.#app;
  }

  async stop(): Promise<void> {
    await this.#app?.close();
    await this.demo.stop();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
