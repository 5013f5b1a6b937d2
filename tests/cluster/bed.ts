import { cp, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname } from 'node:path';
import { ApiClient } from './client/api.ts';
import { launchApiServer, untilReady } from './node/api-server.ts';
import { API_SOCKET, CHARTS_PORT, controlPlane, manifest } from './node/control-plane.ts';
import { Kubelet } from './node/kubelet.ts';
import { installMetalLB, TRAEFIK_ADDRESS } from './node/metallb.ts';
import { type Program, waitFor } from './node/program.ts';
import { programs as builtPrograms } from './programs/programs.ts';
import { Laptop } from './rooms/laptop.ts';
import type { Output, Place, Running, RunOptions } from './rooms/place.ts';
import { NODE_ADDRESS, openRoom, type Room, WORK } from './rooms/room.ts';

/** What can be stopped and started: MetalLB's two programs once it is installed, and the cluster's own. */
type ProgramName =
  | 'etcd'
  | 'apiserver'
  | 'kube-controller-manager'
  | 'kube-proxy'
  | 'traefik'
  | 'metallb-controller'
  | 'metallb-speaker';

/** A real home cluster with one node, and two laptops beside it that differ in how `/etc` is mounted. */
export interface Bed {
  /** Its path as programs inside know it. */
  readonly kubeconfig: string;
  /** A repository with MetalLB's chart, on the node. */
  readonly chartRepository: string;
  readonly api: ApiClient;
  readonly laptop: Laptop;
  /** Its `/etc/hosts` is a mount: it can be written, not renamed over. */
  readonly boundLaptop: Laptop;
  kubectl(args: readonly string[], options?: RunOptions): Promise<Output>;
  /** For `get --watch` and the like. */
  kubectlSpawn(args: readonly string[]): Running;
  /** Ends it as a power cut would. */
  stopProgram(name: ProgramName): Promise<void>;
  startProgram(name: ProgramName): Promise<void>;
  /** The path of a kubeconfig for somebody who may read everything but Secrets, and change nothing. */
  readerKubeconfig(): Promise<string>;
  /** Through K3s' HelmChart, with a pool of 10.0.0.70-10.0.0.80; done when Traefik's address answers. */
  installMetalLB(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a cluster; everything in it ends with `stop()`, or with this process. */
export async function startBed(options: { readonly metallb?: boolean } = {}): Promise<Bed> {
  const programs = await builtPrograms();
  const room = await openRoom(environment(programs));
  try {
    const bed = await furnish(room, programs);
    if (options.metallb) await bed.installMetalLB();
    return bed;
  } catch (error) {
    await keepLogs(room);
    await room.close();
    throw error;
  }
}

async function furnish(room: Room, programs: string): Promise<Bed> {
  const { node, laptops } = room;
  const kubeconfig = `${WORK}/kubeconfig`;
  const ports = { api: 6443, etcd: 2379, etcdPeer: 2380 };
  const server = await launchApiServer({ place: node, folder: WORK, programs, address: NODE_ADDRESS, ports });
  await writeFile(node.outside(kubeconfig), server.kubeconfig(), { mode: 0o600 });
  const api = new ApiClient({ socketPath: node.outside(API_SOCKET) });
  const rest = controlPlane(node, programs, kubeconfig);
  rest.find(({ name }) => name === 'kubectl-proxy')?.start();
  await untilReady(server.apiserver, api);
  for (const program of rest) program.start();

  const env = { KUBECONFIG: kubeconfig };
  const kubectl = (args: readonly string[], options: RunOptions = {}): Promise<Output> =>
    node.run(['kubectl', ...args], { ...options, env: { ...env, ...options.env } });
  const manifests = ['home', 'traefik-crds'].flatMap(name => ['-f', manifest(name)]);
  await node.must(['kubectl', 'apply', ...manifests], { env });
  await untilHome(api);
  const kubelet = new Kubelet({ place: node, programs, api, kubeconfig: server.kubeconfig });
  const chartRepository = `http://${NODE_ADDRESS}:${CHARTS_PORT}`;
  return {
    ...switches([server.etcd, server.apiserver, ...rest], kubelet, () => untilReady(server.apiserver, api)),
    kubeconfig,
    chartRepository,
    api,
    laptop: new Laptop(laptops.directory, env),
    boundLaptop: new Laptop(laptops.file, env),
    kubectl,
    kubectlSpawn: args => node.spawn(['kubectl', ...args], { env }),
    readerKubeconfig: () => makeReader(node, api, server.kubeconfig),
    async installMetalLB() {
      await installMetalLB(api, chartRepository);
      await untilAnswered(laptops.directory, node);
    },
    async stop() {
      kubelet.stop();
      api.close();
      await keepLogs(room);
      await room.close();
    },
  };
}

function switches(
  programs: readonly Program[],
  kubelet: Kubelet,
  apiAnswers: () => Promise<void>,
): Pick<Bed, 'stopProgram' | 'startProgram'> {
  const find = (name: ProgramName): Program | undefined => programs.find(program => program.name === name);
  return {
    async stopProgram(name) {
      if (name === 'metallb-controller') return kubelet.hold('controller', true);
      if (name === 'metallb-speaker') return kubelet.hold('speaker', true);
      await find(name)?.stop();
    },
    async startProgram(name) {
      if (name === 'metallb-controller') return kubelet.hold('controller', false);
      if (name === 'metallb-speaker') return kubelet.hold('speaker', false);
      find(name)?.start();
      if (name === 'apiserver') await apiAnswers();
    },
  };
}

/** An address is given by one of MetalLB's programs, and announced by another, which may be later. */
async function untilAnswered(laptop: Place, node: Place): Promise<void> {
  const curl = ['curl', '-sko', '/dev/null', '--max-time', '2', `https://${TRAEFIK_ADDRESS}`];
  try {
    await waitFor(`${TRAEFIK_ADDRESS} answers`, () => laptop.must(curl).then(() => true), 60_000);
  } catch (error) {
    const { stdout: neighbours } = await laptop.run(['ip', 'neigh']);
    const speaker = await readFile(node.outside(`${WORK}/log/metallb-speaker.log`), 'utf8').catch(() => 'no log');
    const end = speaker.split('\n').slice(-20).join('\n');
    throw new Error(`The laptop's neighbours:\n${neighbours}The speaker's last words:\n${end}`, { cause: error });
  }
}

async function makeReader(node: Place, api: ApiClient, kubeconfig: (token: string) => string): Promise<string> {
  const metadata = { name: 'reader', namespace: 'default' };
  await api.create({ apiVersion: 'v1', kind: 'ServiceAccount', metadata });
  const token = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 7_200 } };
  const path = '/api/v1/namespaces/default/serviceaccounts/reader/token';
  const { status } = (await api.request('POST', path, token)) as { status: { token: string } };
  const apiGroup = 'rbac.authorization.k8s.io';
  const groups = ['apps', 'batch', 'networking.k8s.io', 'apiextensions.k8s.io', 'helm.cattle.io', 'metallb.io'];
  const verbs = ['get', 'list', 'watch'];
  const rules = [
    { apiGroups: [''], resources: ['services', 'nodes', 'pods', 'namespaces', 'configmaps', 'events'], verbs },
    { apiGroups: [...groups, 'traefik.io', 'discovery.k8s.io'], resources: ['*'], verbs },
  ];
  const named = { metadata: { name: 'reader' } };
  await api.create({ apiVersion: `${apiGroup}/v1`, kind: 'ClusterRole', ...named, rules });
  const subjects = [{ kind: 'ServiceAccount', ...metadata }];
  const roleRef = { apiGroup, kind: 'ClusterRole', name: 'reader' };
  await api.create({ apiVersion: `${apiGroup}/v1`, kind: 'ClusterRoleBinding', ...named, subjects, roleRef });
  const file = `${WORK}/reader.kubeconfig`;
  await writeFile(node.outside(file), kubeconfig(status.token));
  return file;
}

/** A cluster as K3s leaves it: Traefik has a pod, and charts can be asked for. */
async function untilHome(api: ApiClient): Promise<void> {
  await waitFor('HelmChart is a kind', () => api.get('/apis/helm.cattle.io/v1/helmcharts'), 60_000);
  await waitFor('IngressRoute is a kind', () => api.get('/apis/traefik.io/v1alpha1/ingressroutes'));
  const deployment = '/apis/apps/v1/namespaces/kube-system/deployments/traefik';
  await waitFor('Traefik runs', async () => {
    const { status } = await api.get<{ status: { readyReplicas?: number } }>(deployment);
    return status.readyReplicas === 1;
  });
}

/** Of our own environment only where programs are: the bed's first, system folders last. */
function environment(programs: string): Record<string, string> {
  const path = [programs, dirname(process.execPath), process.env.PATH ?? '', '/usr/sbin', '/sbin'];
  return { PATH: path.join(delimiter), LANG: 'C.UTF-8' };
}

/** The logs go with the bed, unless a folder to keep them is named. */
async function keepLogs({ node }: Room): Promise<void> {
  const folder = process.env.CLUSTER_LOGS;
  if (folder) await cp(node.outside(`${WORK}/log`), `${folder}/${process.pid}-${Date.now()}`, { recursive: true });
}
