import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import { SettingsFile } from '../settings/settings-file.ts';
import { settingsPath } from '../settings/settings-path.ts';
import type { Io, Output } from './io.ts';
import type { Options } from './options.ts';

/**
 * The options with what the window's settings say of everything that was not given: which cluster, what it is called,
 * which names. Domains and names that are given come on top.
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
  const {
    kubeconfigs,
    context,
    cluster,
    suffix,
    namespaces,
    allowedDomains,
    names,
    excluded,
    allowPublic,
    chartRepository,
  } = settings;
  const isOwnChoice = given.has('kubeconfig') || env.KUBECONFIG !== undefined;
  return {
    ...options,
    ...(!isOwnChoice && kubeconfigs.length > 0 && { kubeconfigs: kubeconfigs.join(delimiter) }),
    ...(!isOwnChoice && !given.has('context') && context !== '' && { context }),
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
