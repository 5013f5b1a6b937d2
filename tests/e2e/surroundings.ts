import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Everything that the app reads or writes is in these: nothing of the computer that runs the tests. */
export interface Folders {
  readonly root: string;
  readonly home: string;
  readonly config: string;
  readonly state: string;
  readonly cache: string;
  readonly userData: string;
  /** Programs that come before the computer's own. */
  readonly bin: string;
  /** Does not exist, unless a test writes it. */
  readonly kubeconfig: string;
  /** The hosts file. */
  readonly hosts: string;
}

const HOSTS = '127.0.0.1\tlocalhost\n::1\tlocalhost\n';

/** Makes what is not there yet; `given` is the root of an earlier time. */
export async function makeFolders(given: string | undefined, tray: 'yes' | 'no'): Promise<Folders> {
  const root = given ?? (await mkdtemp(join(tmpdir(), 'cluster-hosts-e2e-')));
  const inside = (name: string) => join(root, name);
  const folders = {
    home: inside('home'),
    config: inside('config'),
    state: inside('state'),
    cache: inside('cache'),
    userData: inside('user-data'),
    bin: inside('bin'),
  };
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  // What the app asks whether there is a tray.
  await writeFile(join(folders.bin, 'busctl'), `#!/bin/sh\necho "b ${tray === 'yes'}"\n`, { mode: 0o755 });
  const hosts = inside('hosts');
  if (!existsSync(hosts)) await writeFile(hosts, HOSTS);
  return { root, ...folders, kubeconfig: inside('kubeconfig'), hosts };
}

/** This process' environment, with these folders for the user's own. */
export function environment({ home, config, state, cache, bin, kubeconfig, hosts }: Folders): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { PATH = '', ...rest } = Object.fromEntries(own);
  return {
    ...rest,
    PATH: `${bin}${delimiter}${PATH}`,
    HOME: home,
    USERPROFILE: home,
    XDG_CONFIG_HOME: config,
    XDG_STATE_HOME: state,
    XDG_CACHE_HOME: cache,
    KUBECONFIG: kubeconfig,
    CLUSTER_HOSTS_FILE: hosts,
  };
}
