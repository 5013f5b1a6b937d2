import { homedir, hostname } from 'node:os';
import { type Kubeconfig, type KubeconfigLocation, loadKubeconfig, serverNames } from '../cluster/kubeconfig.ts';
import { chooseTarget, targetWarnings } from '../cluster/kubeconfig-target.ts';
import { nameRules } from '../desired/name-rules.ts';
import type { Dial } from '../sync/answers.ts';
import { openSession, type Session } from '../sync/session.ts';
import { hostsFileFor } from './hosts-file.ts';
import type { Io, Output } from './io.ts';
import type { Options } from './options.ts';

/** Where the kubeconfigs are that the options name. */
export function kubeconfigLocation({ kubeconfig, kubeconfigs }: Options, { env }: Io): KubeconfigLocation {
  const explicit = kubeconfig === undefined ? {} : { explicit: kubeconfig };
  const chosen = kubeconfigs === '' ? env : { ...env, KUBECONFIG: kubeconfigs };
  return { env: chosen, home: env.HOME ?? homedir(), platform: process.platform, ...explicit };
}

/** Reads the kubeconfigs as the options say, and tells on stderr what could not be used where something could. */
export async function readKubeconfigs(options: Options, io: Io, out: Output): Promise<Kubeconfig> {
  const config = await loadKubeconfig(kubeconfigLocation(options, io));
  // Without a context, the error that follows tells it.
  if (config.contexts.size > 0) for (const { message } of config.problems) out.note(message);
  return config;
}

/** Begins to watch the cluster that the options choose. Throws an AppError where nothing can be chosen. */
export async function openSessionFor(options: Options, io: Io, out: Output, dial?: Dial): Promise<Session> {
  const config = await readKubeconfigs(options, io, out);
  const target = chooseTarget(config, options.context);
  for (const warning of targetWarnings(target)) out.note(warning);
  const rules = nameRules(options, target.context.name, [hostname(), ...serverNames(config)]);
  const file = hostsFileFor(options, io, out);
  return openSession({ target, rules, file, env: io.env, signal: io.interrupted, ...(dial && { dial }) });
}
