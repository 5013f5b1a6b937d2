import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { ApiClient } from '../client/api.ts';
import type { Place } from '../rooms/place.ts';
import { SERVICE_NETWORK } from '../rooms/room.ts';
import { Program, waitFor } from './program.ts';

/** Where etcd and the API server are to run. `folder` is a path in `place`, with a folder `log` in it. */
export interface ApiServerSite {
  readonly place: Place;
  readonly folder: string;
  readonly programs: string;
  readonly address: string;
  readonly ports: { readonly api: number; readonly etcd: number; readonly etcdPeer: number };
}

/** A running API server and what it takes to talk to it. */
export interface ApiServer {
  readonly etcd: Program;
  readonly apiserver: Program;
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  /** A kubeconfig as K3s writes it (everything called `default`), for an administrator or for another token. */
  kubeconfig(token?: string): string;
}

/** Starts both, and waits for the certificate that the API server makes for itself; `untilReady` waits for the rest. */
export async function launchApiServer(site: ApiServerSite): Promise<ApiServer> {
  const { place, folder, programs, address, ports } = site;
  const token = randomBytes(16).toString('hex');
  await writeFile(place.outside(`${folder}/tokens.csv`), `${token},admin,admin,system:masters\n`);
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' });
  await writeFile(place.outside(`${folder}/service-account.key`), key);

  const etcd = new Program(place, folder, 'etcd', [`${programs}/etcd`, ...etcdFlags(site)]);
  const apiserver = new Program(place, folder, 'apiserver', [`${programs}/kube-apiserver`, ...apiServerFlags(site)]);
  etcd.start();
  apiserver.start();
  const url = `https://${address}:${ports.api}`;
  const certificate = place.outside(`${folder}/pki/apiserver.crt`);
  await apiserver.answers(async () => (await readFile(certificate)).length > 0);
  const ca = await readFile(certificate, 'utf8');
  return { etcd, apiserver, url, ca, token, kubeconfig: (as = token) => kubeconfig(url, ca, as) };
}

/** Waits until the API server serves everything that it has, then until a namespace for objects is there. */
export async function untilReady(apiserver: Program, api: ApiClient): Promise<void> {
  await apiserver.answers(async () => (await api.get('/readyz')) === 'ok');
  await waitFor('the namespaces of a new cluster are there', () => api.get('/api/v1/namespaces/default'));
}

function etcdFlags({ folder, ports }: ApiServerSite): string[] {
  const client = `http://127.0.0.1:${ports.etcd}`;
  return [
    `--data-dir=${folder}/etcd`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=http://127.0.0.1:${ports.etcdPeer}`,
    '--unsafe-no-fsync',
    '--log-level=error',
  ];
}

function apiServerFlags({ folder, address, ports }: ApiServerSite): string[] {
  const key = `${folder}/service-account.key`;
  return [
    `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
    `--bind-address=${address}`,
    `--advertise-address=${address}`,
    `--secure-port=${ports.api}`,
    `--cert-dir=${folder}/pki`,
    `--token-auth-file=${folder}/tokens.csv`,
    `--service-account-signing-key-file=${key}`,
    `--service-account-key-file=${key}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-cluster-ip-range=${SERVICE_NETWORK}`,
    '--authorization-mode=RBAC',
    '--allow-privileged',
  ];
}

function kubeconfig(server: string, ca: string, token: string): string {
  return `apiVersion: v1
kind: Config
clusters:
- name: default
  cluster:
    server: ${server}
    certificate-authority-data: ${Buffer.from(ca).toString('base64')}
users:
- name: default
  user:
    token: ${token}
contexts:
- name: default
  context:
    cluster: default
    user: default
current-context: default
`;
}
