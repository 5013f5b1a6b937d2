import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { Authenticator } from '../../../main/cluster/authenticate.ts';
import { loadKubeconfig } from '../../../main/cluster/kubeconfig.ts';
import { chooseTarget } from '../../../main/cluster/kubeconfig-target.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

export const base64 = (text: string) => Buffer.from(text).toString('base64');

interface Setting {
  readonly cluster?: object;
  readonly user?: object;
  /** Besides the kubeconfig. */
  readonly files?: Readonly<Record<string, string>>;
  readonly mode?: number;
  readonly uid?: number;
}

/** An authenticator for the context of a kubeconfig in a folder of its own, at a time that the test moves. */
export async function setUp({ cluster, user = {}, files, mode = 0o600, uid = 1000 }: Setting) {
  const folder = await tempFolder();
  const kubeconfig = JSON.stringify({
    clusters: [{ name: 'c', cluster: { server: 'https://x:6443', ...cluster } }, { name: 'other' }],
    users: [{ name: 'u', user }, { name: 'other' }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u', namespace: 'n' } }, { name: 'other' }],
    'current-context': 'x',
  });
  const path = await writeFiles(folder, { config: kubeconfig, plugin: '', ...files });
  await chmod(path, mode);
  await chmod(join(folder, 'plugin'), 0o700);
  const config = await loadKubeconfig({ env: { KUBECONFIG: path }, home: folder, platform: process.platform });
  const world = { now: 1_000_000 };
  const host = { env: { PATH: process.env.PATH }, platform: process.platform, uid };
  return { authenticator: new Authenticator(chooseTarget(config), host, () => world.now), world, folder };
}
