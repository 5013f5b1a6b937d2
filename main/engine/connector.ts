import { hostname } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Settings, Setup } from '../../preload/contract.ts';
import type { PluginHost } from '../cluster/exec-plugin.ts';
import { isThisComputer } from '../cluster/failure-words.ts';
import { type Kubeconfig, kubeconfigFiles, loadKubeconfig, serverNames } from '../cluster/kubeconfig.ts';
import { chooseTarget, type Target } from '../cluster/kubeconfig-target.ts';
import { type FileWatch, watchFiles } from '../cluster/kubeconfig-watch.ts';
import { needsAddress } from '../connect/local-address.ts';
import { describeProgram } from '../connect/program.ts';
import { testServer } from '../connect/test-server.ts';
import { nameRules } from '../desired/name-rules.ts';
import type { NameRules } from '../desired/rules.ts';
import { AppError } from '../errors.ts';
import { openHostsFile } from '../hosts/elevation/open-hosts-file.ts';
import type { Way } from '../hosts/elevation/way.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import { failureOf } from '../state/view.ts';
import type { Dial } from '../sync/answers.ts';
import { openSession, type Session } from '../sync/session.ts';
import type { DemoRun } from './demo-run.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What the settings and the kubeconfigs come to: a session, or what the user has to be asked first. */
export interface Chosen {
  readonly contexts: readonly string[];
  readonly target: Target | undefined;
  readonly setup: Setup | undefined;
  readonly session: Session | undefined;
  /** How the file is written, where that is not what this computer would do. */
  readonly way?: Way | undefined;
  /** Names that must not be taken: this computer's and the API servers'. */
  readonly ownNames: readonly string[];
}

export interface ConnectorOptions {
  /** As it is where the app was started. */
  readonly env: Env;
  /** As the user's shell sets it up, for programs that log in. */
  readonly loginEnv: () => Promise<Env>;
  readonly home: string;
  /** The hosts file to keep, with how it is written. */
  readonly openFile: () => { readonly file: HostsFile; readonly way?: Way };
  /** How addresses of the cluster are tried, where they are none of the network; the demo brings its own. */
  readonly dial?: Dial;
  readonly signal: AbortSignal;
}

/** Finds the cluster that the settings mean, and says what is missing where there is none. */
export class Connector {
  /** Digests of programs that the user said no to. */
  readonly declined = new Set<string>();
  readonly #options: ConnectorOptions;
  readonly #listeners = new Set<() => void>();
  #watch: FileWatch | undefined;
  #watched = '';
  #essence = '';

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  /** Calls back when the kubeconfigs say something else than they did. */
  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  async choose(settings: Settings, demo: DemoRun | undefined): Promise<Chosen> {
    const config = await this.#load(settings, demo);
    await this.#follow(settings, demo);
    this.#essence = essenceOf(config);
    const contexts = [...config.contexts.keys()];
    const ownNames = [hostname(), ...serverNames(config)];
    const nothing = { contexts, ownNames, target: undefined, setup: undefined, session: undefined };
    try {
      if (contexts.length === 0) return { ...nothing, setup: noKubeconfig(config) };
      const known = contexts.includes(settings.context) && demo === undefined;
      const target = chooseTarget(config, known ? settings.context : undefined);
      const setup = demo === undefined ? await this.#ask(target, settings) : undefined;
      if (setup !== undefined) return { ...nothing, target, setup };
      return { ...nothing, target, ...(await this.#open(target, settings, demo, ownNames)) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { ...nothing, setup: { need: 'kubeconfig', failure: failureOf(error) } };
    }
  }

  /** The rules after a change of the settings; `reconnect` where these mean another connection. */
  rulesOnly(before: Settings, after: Settings, chosen: Chosen | undefined): NameRules | 'reconnect' | undefined {
    const differ = (keys: readonly (keyof Settings)[]) =>
      keys.some(key => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
    if (differ(['kubeconfigs', 'context', 'namespaces', 'programs'])) return 'reconnect';
    const rules: readonly (keyof Settings)[] = [
      'cluster',
      'suffix',
      'allowedDomains',
      'allowPublic',
      'names',
      'excluded',
    ];
    if (!differ(rules) || chosen?.target === undefined) return undefined;
    return rulesFor(after, chosen.target.context.name, chosen.ownNames);
  }

  /** For logging in to a target, to try it or for real. The user's shell is asked only where a program is to be run. */
  async host({ programs }: Settings, { user }: Target): Promise<PluginHost> {
    const env = user.login.kind === 'exec' ? await this.#options.loginEnv() : this.#options.env;
    const isAllowed = (digest: string) => programs.includes(digest);
    return { env, platform: process.platform, uid: process.getuid?.(), isAllowed };
  }

  async stop(): Promise<void> {
    await this.#watch?.stop();
  }

  /** The kubeconfigs that are looked at, in order of precedence. */
  files(settings: Settings): readonly string[] {
    return kubeconfigFiles(this.#location(settings, undefined));
  }

  #load(settings: Settings, demo: DemoRun | undefined): Promise<Kubeconfig> {
    return loadKubeconfig(this.#location(settings, demo));
  }

  #location({ kubeconfigs }: Settings, demo: DemoRun | undefined) {
    const { env, home } = this.#options;
    const chosen = kubeconfigs.length === 0 ? env : { ...env, KUBECONFIG: kubeconfigs.join(delimiter) };
    const explicit = demo === undefined ? {} : { explicit: demo.kubeconfig };
    return { env: chosen, home, platform: process.platform, ...explicit };
  }

  async #follow(settings: Settings, demo: DemoRun | undefined): Promise<void> {
    const files = kubeconfigFiles(this.#location(settings, demo));
    if (files.join('\n') === this.#watched) return;
    await this.#watch?.stop();
    this.#watched = files.join('\n');
    this.#watch = await watchFiles(files, () => void this.#changed(settings, demo));
  }

  async #changed(settings: Settings, demo: DemoRun | undefined): Promise<void> {
    const config = await this.#load(settings, demo).catch(() => undefined);
    if (config === undefined || essenceOf(config) === this.#essence) return;
    for (const listener of this.#listeners) listener();
  }

  /** What has to be asked before a target may be used. */
  async #ask(target: Target, settings: Settings): Promise<Setup | undefined> {
    const host = await this.host(settings, target);
    const context = target.context.name;
    const program = await describeProgram(target, host);
    if (program !== undefined && !settings.programs.includes(program.digest))
      return { need: 'program', context, ...program, declined: this.declined.has(program.digest) };
    const server = URL.parse(target.cluster.server);
    // Only such a server is tried first: all others are simply connected to.
    if (server === null || !isThisComputer({ server, proxyUrl: target.cluster.proxyUrl })) return undefined;
    const test = await testServer(target, host, this.#options.signal);
    const isElsewhere = !test.ok && needsAddress(target, test.failure);
    return isElsewhere ? { need: 'address', context, server: target.cluster.server } : undefined;
  }

  async #open(target: Target, settings: Settings, demo: DemoRun | undefined, ownNames: readonly string[]) {
    const { signal, openFile, dial } = this.#options;
    const rules = rulesFor(settings, target.context.name, ownNames);
    if (demo !== undefined) {
      const file = openHostsFile({ path: demo.hostsFile, env: { XDG_STATE_HOME: demo.folder }, interrupted: signal });
      return { session: openSession({ target, rules, file, env: {}, signal, dial: demo.demo.dial }) };
    }
    const { env, isAllowed } = await this.host(settings, target);
    const { file, way } = openFile();
    const options = { target, rules, file, env, signal, ...(isAllowed && { isAllowed }), ...(dial && { dial }) };
    return { session: openSession(options), way };
  }
}

/** Throws an AppError for settings that do not go together, or that name what may not be written. */
export function rulesFor(settings: Settings, context: string, ownNames: readonly string[]): NameRules {
  const { suffix, allowedDomains, names, excluded, namespaces, allowPublic } = settings;
  const cluster = settings.cluster === '' ? undefined : settings.cluster;
  const wishes = { cluster, suffix, allowDomains: allowedDomains, names, excluded, namespaces, allowPublic };
  return nameRules(wishes, context, ownNames);
}

function noKubeconfig({ problems: [problem] }: Kubeconfig): Setup {
  if (problem === undefined) return { need: 'kubeconfig' };
  const failure = { code: 'kubeconfig', message: problem.message, hint: 'Mend the file, or choose another one.' };
  return { need: 'kubeconfig', failure };
}

/** All that a connection depends on; not the files' owners and modes. */
function essenceOf({ contexts, clusters, users, currentContext }: Kubeconfig): string {
  const entries = [...contexts.values(), ...clusters.values(), ...users.values()];
  return JSON.stringify([currentContext, entries.map(entry => ({ ...entry, file: entry.file.path }))]);
}

/** Where kubeconfigs are saved. */
export function kubeFolder(home: string): string {
  return join(home, '.kube');
}
