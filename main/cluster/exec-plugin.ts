import { dirname } from 'node:path';
import { AppError, assertNever } from '../errors.ts';
import { type CommandHost, consentDigest, resolveCommand } from './exec-command.ts';
import { type ExecCredential, execInfo, parseExecCredential } from './exec-credential.ts';
import { type ProgramResult, runProgram } from './exec-process.ts';
import type { Cluster, ExecPlugin, User } from './kubeconfig-entries.ts';
import { plainText, saying } from './plain-text.ts';
import { refuseForRoot } from './root-only.ts';
import { Malformed } from './section.ts';

/**
 * Where plugins run. `env` is what they get, besides their own; `uid` is that of this process, on systems that have
 * one.
 */
export interface PluginHost extends CommandHost {
  readonly uid: number | undefined;
  /** Ends running plugins. */
  readonly signal?: AbortSignal;
  /** How long a plugin may take; one minute if not given. */
  readonly timeoutMs?: number;
  /** Whether the user agreed to run what has this `consentDigest`; without it everything runs, as in kubectl. */
  readonly isAllowed?: (digest: string) => boolean;
}

const API_VERSIONS = ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'];

/**
 * Runs a user's exec plugin and reads its answer. Throws an {@link AppError} with the code `plugin` for whatever goes
 * wrong; what the plugin said on stderr is in its message.
 */
export async function runExecPlugin(
  plugin: ExecPlugin,
  user: User,
  cluster: Cluster,
  host: PluginHost,
): Promise<ExecCredential> {
  refuseForRoot(user.file, host.uid, `running the plugin "${plainText(plugin.command)}"`);
  refuseUnusable(plugin, user);
  const file = await resolveCommand(plugin.command, host);
  if (file === undefined) throw missing(plugin, host);
  if (host.isAllowed?.(consentDigest(user, file)) === false) throw notAllowed(user, file);
  const own = Object.fromEntries(plugin.env.map(({ name, value }) => [name, value]));
  const env = { ...host.env, ...own, KUBERNETES_EXEC_INFO: await execInfo(plugin, cluster) };
  const { signal, timeoutMs = 60_000 } = host;
  const program = { file, args: plugin.args, env, cwd: dirname(user.file.path) };
  const result = await runProgram(program, { timeoutMs, maxBytes: 1024 * 1024, killDelayMs: 2_000, signal });
  return readResult(result, plugin, timeoutMs);
}

function refuseUnusable({ command, apiVersion, interactiveMode }: ExecPlugin, { name, file }: User): void {
  const entry = `User "${plainText(name)}" in ${file.path}`;
  if (command === '') {
    throw new AppError('plugin', `${entry} has an exec plugin without a command.`, 'Add its command there.');
  }
  if (!API_VERSIONS.includes(apiVersion)) {
    const message = `${entry} has an exec plugin of the version "${plainText(apiVersion)}", which is not supported.`;
    throw new AppError('plugin', message, `Update the plugin and set its apiVersion to ${API_VERSIONS[0]}.`);
  }
  if (interactiveMode === 'Always') {
    const message = `The plugin "${plainText(command)}" wants to ask in a terminal (interactiveMode: Always), which cannot work here.`;
    throw new AppError('plugin', message, 'Use a user with a token or a certificate, or a plugin that does not ask.');
  }
}

function missing({ command, installHint }: ExecPlugin, { env }: PluginHost): AppError {
  const path = plainText(env.PATH ?? env.Path ?? '', 1000);
  const message = `The plugin "${plainText(command)}" was not found; the PATH is ${path === '' ? 'empty' : path}.`;
  const hint =
    installHint === '' ? 'Install it, or write its full path into the kubeconfig.' : plainText(installHint, 500);
  return new AppError('plugin', message, hint);
}

function notAllowed({ name, file }: User, program: string): AppError {
  const message = `To log in, user "${plainText(name)}" in ${file.path} needs the program ${program}, which you have not allowed yet.`;
  return new AppError('plugin', message, 'Look at what would be run, and allow it if you know it.');
}

function readResult(result: ProgramResult, plugin: ExecPlugin, timeoutMs: number): ExecCredential {
  const named = `The plugin "${plainText(plugin.command)}"`;
  const tryIt = 'Run it in a terminal to see what it needs; you may have to log in again.';
  if (result.kind === 'not-started') {
    throw new AppError('plugin', `${named} could not be started${saying(result.error.message)}`, tryIt);
  }
  // The last lines of a trace are the telling ones.
  const end = saying(result.stderr.slice(-500), 500);
  switch (result.kind) {
    case 'timed-out':
      throw new AppError('plugin', `${named} did not answer within ${timeoutMs / 1000} s${end}`, tryIt);
    case 'too-much-output':
      throw new AppError('plugin', `${named} wrote more than 1 MiB and was stopped${end}`, tryIt);
    case 'aborted':
      throw new AppError('interrupted', `${named} was stopped.`, 'Start again.');
    case 'exited':
      if (result.status !== 0) throw new AppError('plugin', `${named} failed (${result.status})${end}`, tryIt);
      return readAnswer(result.stdout, plugin, named);
    default:
      return assertNever(result);
  }
}

function readAnswer(stdout: string, { apiVersion }: ExecPlugin, named: string): ExecCredential {
  try {
    return parseExecCredential(stdout, apiVersion);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    const hint = `Update the plugin; the kubeconfig expects ${apiVersion}.`;
    throw new AppError('plugin', `${named} gave an answer that cannot be used: ${plainText(error.message)}.`, hint);
  }
}
