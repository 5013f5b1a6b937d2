import { type CommandHost, consentDigest, resolveCommand } from '../cluster/exec-command.ts';
import type { Target } from '../cluster/kubeconfig-target.ts';

/** A program that a kubeconfig wants run to log in, as the user is shown it. What it says is text from outside. */
export interface LoginProgram {
  /** The kubeconfig that wants it. */
  readonly file: string;
  readonly command: readonly string[];
  /** Names of the variables that it is given on top. */
  readonly env: readonly string[];
  /** Where the program is; `''` where none was found. */
  readonly path: string;
  /** Stands for exactly this: another file, command, variable or program has another one. */
  readonly digest: string;
}

/**
 * What would be run to log in to a target; `undefined` where nothing has to be. Nothing is run for it. The same `host`
 * must be used for running it, for its PATH says which program it is.
 */
export async function describeProgram({ user }: Target, host: CommandHost): Promise<LoginProgram | undefined> {
  if (user.login.kind !== 'exec') return undefined;
  const { command, args, env } = user.login.plugin;
  const path = command === '' ? '' : ((await resolveCommand(command, host)) ?? '');
  return {
    file: user.file.path,
    command: [command, ...args],
    env: env.map(({ name }) => name),
    path,
    digest: consentDigest(user, path),
  };
}
