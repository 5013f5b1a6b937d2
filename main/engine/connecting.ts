import { connectAt } from '../connect/connect-at.ts';
import { readPasted } from '../connect/paste.ts';
import { saveKubeconfig } from '../connect/save-kubeconfig.ts';
import { nameRules } from '../desired/name-rules.ts';
import { AppError } from '../errors.ts';
import { type Connector, kubeFolder } from './connector.ts';
import type { Engine } from './engine.ts';

/** What the user does to have a cluster at all. */
export class Connecting {
  readonly #engine: Engine;
  readonly #connector: Connector;
  readonly #home: string;
  readonly #signal: AbortSignal;

  constructor(engine: Engine, connector: Connector, home: string, signal: AbortSignal) {
    this.#engine = engine;
    this.#connector = connector;
    this.#home = home;
    this.#signal = signal;
  }

  /** `false` where the user chose none. */
  async chooseFile(dialog: { chooseFile(): Promise<string | undefined> }): Promise<boolean> {
    const path = await dialog.chooseFile();
    if (path !== undefined) await this.#use(path, '');
    return path !== undefined;
  }

  async paste(text: string): Promise<void> {
    const folder = kubeFolder(this.#home);
    const { context } = readPasted(text, folder);
    const path = await saveKubeconfig(folder, this.#nameFor(context.name), text);
    await this.#use(path, context.name);
  }

  /** Tries the cluster that said 127.0.0.1 at another address, and saves a kubeconfig with it. */
  async setAddress(address: string): Promise<void> {
    const { chosen, settings } = this.#engine;
    if (chosen?.target === undefined || chosen.setup?.need !== 'address') throw NOT_ASKED;
    const { target } = chosen;
    const name = this.#nameFor(target.context.name);
    const host = await this.#connector.host(settings.settings, target);
    const folder = kubeFolder(this.#home);
    const saved = await connectAt({ target, address, name, folder, host, signal: this.#signal });
    await this.#use(saved.path, saved.context);
  }

  /** Only what is on the screen at this moment can be agreed to. */
  async allow(digest: string): Promise<void> {
    const { settings } = this.#engine;
    this.#mustBeAsked(digest);
    this.#connector.declined.delete(digest);
    await settings.change({ programs: [...settings.settings.programs, digest] });
  }

  /** Said to this process and not to its window, which comes and goes. */
  async decline(digest: string): Promise<void> {
    this.#mustBeAsked(digest);
    this.#connector.declined.add(digest);
    await this.#engine.reconnect();
  }

  #mustBeAsked(digest: string): void {
    const setup = this.#engine.chosen?.setup;
    if (setup?.need !== 'program' || setup.digest !== digest) throw NOT_ASKED;
  }

  async #use(path: string, context: string): Promise<void> {
    const files = this.#connector.files(this.#engine.settings.settings).filter(file => file !== path);
    await this.#engine.settings.change({ kubeconfigs: [path, ...files], context });
    await this.#engine.reconnect();
  }

  #nameFor(context: string): string {
    const { cluster, suffix } = this.#engine.settings.settings;
    const wishes = { cluster: cluster || undefined, suffix, allowDomains: [], names: [], namespaces: [] };
    return nameRules(wishes, context, []).policy.cluster;
  }
}

const NOT_ASKED = new AppError('kubeconfig', 'That is not asked for any more.', 'Look at what the window shows now.');
