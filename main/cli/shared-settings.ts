import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import { DEFAULT_SETTINGS } from '../settings/defaults.ts';
import { SettingsFile } from '../settings/settings-file.ts';
import { settingsPath } from '../settings/settings-path.ts';
import type { Io, Output } from './io.ts';
import type { Options } from './options.ts';

/**
 * The options with what the window's settings say of everything that was not given: which cluster, what it is called,
 * which names. Domains and names that are given come on top. Where another cluster is named than the settings', what they
 * say of theirs does not count.
 */
export async function withSettings(
  options: Options,
  given: ReadonlySet<string>,
  { env }: Io,
  out: Output,
): Promise<Options> {
  const file = new SettingsFile(settingsPath(process.platform, env, env.HOME ?? homedir()));
  const { settings, problems } = await file.load();
  for (const problem of problems) out.note(problem);
  const { kubeconfigs, context, suffix, allowedDomains, allowPublic, chartRepository } = settings;
  const ownFiles = options.kubeconfig ?? env.KUBECONFIG;
  const files = kubeconfigs.join(delimiter);
  const isOther =
    (ownFiles !== undefined && files !== '' && ownFiles !== files) ||
    (given.has('context') && context !== '' && options.context !== context);
  const { cluster, namespaces, names, excluded } = isOther ? DEFAULT_SETTINGS : settings;
  return {
    ...options,
    ...(ownFiles === undefined && files !== '' && { kubeconfigs: files }),
    ...(ownFiles === undefined && !given.has('context') && context !== '' && { context }),
    ...(!given.has('cluster') && cluster !== '' && { cluster }),
    ...(!given.has('suffix') && { suffix }),
    ...(!given.has('namespace') && { namespaces }),
    ...(!given.has('repo') && { repo: chartRepository }),
    allowDomains: [...new Set([...options.allowDomains, ...allowedDomains])],
    names: [
      ...options.names,
      ...names.filter(({ hostname }) => options.names.every(name => name.hostname !== hostname)),
    ],
    excluded: excluded.filter(hostname => options.names.every(name => name.hostname !== hostname)),
    allowPublic,
  };
}
