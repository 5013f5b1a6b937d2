import { delimiter } from 'node:path';
import { type Kubeconfig, loadKubeconfig } from '../../../main/cluster/kubeconfig.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

/** Loads what a KUBECONFIG with these parts names; an empty one at its end keeps it from being empty itself. */
export function load(parts: readonly string[]): Promise<Kubeconfig> {
  const env = { KUBECONFIG: [...parts, '', ''].join(delimiter) };
  return loadKubeconfig({ env, home: '/nowhere', platform: process.platform });
}

/** Loads one file with this content. */
export async function loadText(content: string | Buffer): Promise<Kubeconfig> {
  return load([await writeFiles(await tempFolder(), { config: content })]);
}
