import { homedir, hostname } from 'node:os';
import { Authenticator } from '../cluster/authenticate.ts';
import { Connection } from '../cluster/connection.ts';
import { type Kubeconfig, type KubeconfigLocation, loadKubeconfig } from '../cluster/kubeconfig.ts';
import { chooseTarget, type Target, targetWarnings } from '../cluster/kubeconfig-target.ts';
import { ClusterSource } from '../cluster/source.ts';
import type { NameRules } from '../desired/rules.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import { Answers, type Dial, dialDirectly } from '../sync/answers.ts';
import { hostsFileFor } from './hosts-file.ts';
import type { Io, Output } from './io.ts';
import { nameRules } from './name-rules.ts';
import type { Options } from './options.ts';

/** A cluster that is watched, and the hosts file that goes with it. */
export interface Session {
  readonly target: Target;
  readonly login: Authenticator;
  readonly connection: Connection;
  readonly source: ClusterSource;
  readonly rules: NameRules;
  readonly file: HostsFile;
  readonly answers: Answers;
  readonly dial: Dial;
  close(): Promise<void>;
}

/** Where the kubeconfigs are that the options name. */
export function kubeconfigLocation({ kubeconfig }: Options, { env }: Io): KubeconfigLocation {
  const explicit = kubeconfig === undefined ? {} : { explicit: kubeconfig };
  return { env, home: env.HOME ?? homedir(), platform: process.platform, ...explicit };
}

/** Reads the kubeconfigs as the options say, and tells on stderr what of them could not be used. */
export async function readKubeconfigs(options: Options, io: Io, out: Output): Promise<Kubeconfig> {
  const config = await loadKubeconfig(kubeconfigLocation(options, io));
  for (const { message } of config.problems) out.note(message);
  return config;
}

/** Begins to watch the cluster that the options choose. Throws an AppError where nothing can be chosen. */
export async function openSession(options: Options, io: Io, out: Output, dial: Dial = dialDirectly): Promise<Session> {
  const config = await readKubeconfigs(options, io, out);
  const target = chooseTarget(config, options.context);
  for (const warning of targetWarnings(target)) out.note(warning);
  const rules = nameRules(options, target.context.name, [hostname(), ...serverNames(config)]);
  const uid = process.getuid?.();
  const login = new Authenticator(target, { env: io.env, platform: process.platform, uid, signal: io.interrupted });
  const connection = new Connection(login);
  const source = new ClusterSource({ connection, namespaces: options.namespaces });
  source.start();
  return {
    ...{ target, login, connection, source, rules, dial },
    file: hostsFileFor(options, io, out),
    answers: new Answers(dial),
    close: async () => {
      await source.stop();
      connection.close();
    },
  };
}

/** By what kubectl finds its clusters: a hosts file that changed that would cut them off. */
function serverNames({ clusters }: Kubeconfig): readonly string[] {
  return [...clusters.values()].flatMap(({ server }) => URL.parse(server)?.hostname ?? []);
}
