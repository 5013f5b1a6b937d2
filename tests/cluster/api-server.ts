import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiClient } from './client/api.ts';
import { launchApiServer, untilReady } from './node/api-server.ts';
import { manifest } from './node/control-plane.ts';
import { waitFor } from './node/program.ts';
import { programs as builtPrograms } from './programs/programs.ts';
import { Place } from './rooms/place.ts';

/** A real API server on loopback and nothing else: no controllers, no node, no namespaces of its own. */
export interface LoneApiServer {
  /** The kubeconfig's path. */
  readonly kubeconfig: string;
  readonly url: string;
  readonly api: ApiClient;
  stop(): Promise<void>;
}

/** Starts etcd and kube-apiserver on free ports, Traefik's kinds included. Both end with this process. */
export async function startApiServer(): Promise<LoneApiServer> {
  const programs = await builtPrograms();
  const folder = await mkdtemp(join(tmpdir(), 'cluster-hosts-api-'));
  await mkdir(join(folder, 'log'));
  const removeFolder = remover(folder);
  const place = Place.here({ PATH: process.env.PATH ?? '', HOME: folder });
  const [api, etcd, etcdPeer] = await freePorts();
  const site = { place, folder, programs, address: '127.0.0.1', ports: { api, etcd, etcdPeer } };
  const server = await launchApiServer(site).catch(async error => {
    await removeFolder();
    throw error;
  });
  const client = new ApiClient({ host: '127.0.0.1', port: api, ca: server.ca, token: server.token });
  const stop = async (): Promise<void> => {
    client.close();
    await Promise.all([server.apiserver.stop(), server.etcd.stop()]);
    await removeFolder();
  };
  try {
    await untilReady(server.apiserver, client);
    const kubeconfig = join(folder, 'kubeconfig');
    await writeFile(kubeconfig, server.kubeconfig(), { mode: 0o600 });
    await place.must([`${programs}/kubectl`, `--kubeconfig=${kubeconfig}`, 'apply', '-f', manifest('traefik-crds')]);
    await waitFor('IngressRoute is a kind', () => client.get('/apis/traefik.io/v1alpha1/ingressroutes'));
    return { kubeconfig, url: server.url, api: client, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Removes a folder when told, or when this process is gone. */
function remover(folder: string): () => Promise<void> {
  const script = 'cat; until rm -rf "$1"; do sleep 1; done';
  const janitor = spawn('sh', ['-c', script, 'sh', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  return async () => {
    janitor.stdin.end();
    await once(janitor, 'close');
  };
}

/** All are taken before the first is let go, so that they differ. */
async function freePorts(): Promise<[number, number, number]> {
  const listen = async (): Promise<Server> => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  const port = async (server: Server): Promise<number> => {
    const address = server.address();
    server.close();
    await once(server, 'close');
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  const [a, b, c] = [await listen(), await listen(), await listen()];
  return [await port(a), await port(b), await port(c)];
}
