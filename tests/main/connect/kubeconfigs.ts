import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { PluginHost } from '../../../main/cluster/exec-plugin.ts';
import { loadKubeconfig } from '../../../main/cluster/kubeconfig.ts';
import { chooseTarget, type Target } from '../../../main/cluster/kubeconfig-target.ts';
import { DemoCluster } from '../../../main/demo/api/cluster.ts';
import { Faults } from '../../../main/demo/api/faults.ts';
import { ApiServer } from '../../../main/demo/api/server.ts';
import { selfSignedCertificate } from '../../../main/demo/certificate.ts';
import { K3S_VERSION } from '../../../main/demo/k3s.ts';
import { tempFolder, writeFiles } from '../cluster/temp-folder.ts';

export const HOST: PluginHost = {
  env: { PATH: process.env.PATH },
  platform: process.platform,
  uid: process.getuid?.(),
};

/** What a kubeconfig has; the names are K3s' own. */
interface Entries {
  readonly cluster?: object;
  readonly user?: object;
  readonly context?: object;
  readonly name?: string;
}

/** A kubeconfig as JSON, which is YAML too. */
export function kubeconfigText({ cluster, user = { token: 't' }, context, name = 'default' }: Entries): string {
  return JSON.stringify({
    'current-context': name,
    clusters: [{ name, cluster: { server: 'https://127.0.0.1:6443', ...cluster } }],
    contexts: [{ name, context: { cluster: name, user: name, ...context } }],
    users: [{ name, user }],
  });
}

/** The current context of a kubeconfig file. */
export async function targetIn(path: string): Promise<Target> {
  return chooseTarget(await loadKubeconfig({ env: {}, home: dirname(path), platform: 'linux', explicit: path }));
}

/** A target in a folder of its own, with these files beside it. */
export async function targetOf(entries: Entries, files: Readonly<Record<string, string>> = {}): Promise<Target> {
  return targetIn(await writeFiles(await tempFolder(), { config: kubeconfigText(entries), ...files }));
}

/** A file that can be run, in a folder of its own. */
export async function script(text: string, name = 'program'): Promise<string> {
  const { chmod } = await import('node:fs/promises');
  const path = await writeFiles(await tempFolder(), { [name]: `#!/bin/sh\n${text}\n` });
  await chmod(path, 0o755);
  return path;
}

/** An address by which this computer finds itself over its network; `undefined` where it has no network. */
export const OWN_ADDRESS = Object.values(networkInterfaces())
  .flatMap(addresses => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;

/** A simulated API server on loopback whose certificate is for these names; its kubeconfig is as K3s writes it. */
export async function startServer(names: readonly string[]) {
  const certificate = selfSignedCertificate('k3s', names);
  const options = { faults: new Faults(), token: 'secret', version: K3S_VERSION, port: 0, bookmarkIntervalMs: 60_000 };
  const server = new ApiServer({ ...options, cluster: new DemoCluster(), certificate });
  await server.start();
  onTestFinished(() => server.stop());
  const ca = Buffer.from(certificate.cert).toString('base64');
  const cluster = { server: server.url, 'certificate-authority-data': ca };
  return { server, cluster, user: { token: 'secret' } };
}

/** Makes a port of loopback reachable at an address of this computer, under another number. */
export async function forward(address: string, port: number): Promise<number> {
  const server = createServer(socket => {
    const onward = connect(port, '127.0.0.1');
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  server.listen(0, address);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

export const kubeFolder = async () => join(await tempFolder(), '.kube');
