import { type Kubeconfig, loadKubeconfig } from '../../../main/cluster/kubeconfig.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

/** What a KUBECONFIG like this gives. */
export const load = (kubeconfig: string | undefined, home = '/nowhere') =>
  loadKubeconfig({ env: { KUBECONFIG: kubeconfig }, home, platform: 'linux' });

/** Loads one file with this content. */
export async function loadText(content: string | Buffer): Promise<Kubeconfig> {
  return load(await writeFiles(await tempFolder(), { config: content }));
}
