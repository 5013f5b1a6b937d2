import { posix, win32 } from 'node:path';
import { AppError } from '../errors.ts';
import type { Cluster, Context, User } from './kubeconfig-entries.ts';
import { type FileReading, readKubeconfigFile } from './kubeconfig-file.ts';
import { plainText } from './plain-text.ts';

/** Where to look for kubeconfigs. `explicit` is the file the user named; it replaces all others. */
export interface KubeconfigLocation {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly explicit?: string;
}

/** All kubeconfigs as one, by kubectl's rules. */
export interface Kubeconfig {
  /** Every file that was looked for, in order of precedence: the ones to watch. */
  readonly files: readonly string[];
  /** Files that could not be used; the others were. `message` is a sentence with the path in it. */
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** `''` if no file says one; it may also be the name of a context that does not exist. */
  readonly currentContext: string;
  readonly contexts: ReadonlyMap<string, Context>;
  readonly clusters: ReadonlyMap<string, Cluster>;
  readonly users: ReadonlyMap<string, User>;
}

/**
 * Reads and merges the kubeconfigs: the first definition of a name and the first current context win, missing files are
 * skipped. Unlike kubectl it goes on without a broken file. Throws an {@link AppError} if the explicit file is missing.
 */
export async function loadKubeconfig(location: KubeconfigLocation): Promise<Kubeconfig> {
  const files = kubeconfigFiles(location);
  const readings = await Promise.all(files.map(readKubeconfigFile));
  if (location.explicit !== undefined && readings[0]?.kind === 'missing') {
    throw new AppError('kubeconfig', `There is no file ${files[0]}.`, 'Check the path given with --kubeconfig.');
  }
  const configs = readings.flatMap(reading => (reading.kind === 'parsed' ? [reading.config] : []));
  return {
    files,
    problems: files.flatMap((path, index) => problem(path, readings[index])),
    currentContext: configs.find(config => config.currentContext !== '')?.currentContext ?? '',
    contexts: firstByName(configs.flatMap(config => config.contexts)),
    clusters: firstByName(configs.flatMap(config => config.clusters)),
    users: firstByName(configs.flatMap(config => config.users)),
  };
}

/** By what kubectl finds its clusters: a hosts file that changed that would cut them off. */
export function serverNames({ clusters }: Kubeconfig): readonly string[] {
  return [...clusters.values()].flatMap(({ server }) => URL.parse(server)?.hostname ?? []);
}

/** The files kubectl would read, in order of precedence; a KUBECONFIG of nothing but separators means none at all. */
export function kubeconfigFiles({ env, home, platform, explicit }: KubeconfigLocation): string[] {
  const { delimiter, join, resolve } = platform === 'win32' ? win32 : posix;
  if (explicit !== undefined) return [resolve(explicit)];
  if (!env.KUBECONFIG) return [join(home, '.kube', 'config')];
  return env.KUBECONFIG.split(delimiter)
    .filter(part => part !== '')
    .map(part => resolve(part));
}

function problem(path: string, reading: FileReading | undefined): Kubeconfig['problems'] {
  if (reading?.kind !== 'broken') return [];
  return [{ path, message: `${path} was left out: ${plainText(reading.reason)}.` }];
}

function firstByName<T extends { readonly name: string }>(entries: readonly T[]): ReadonlyMap<string, T> {
  const byName = new Map<string, T>();
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return byName;
}
