import { fileURLToPath } from 'node:url';
import type { Place } from '../rooms/place.ts';
import { NODE_ADDRESS, POD_NETWORK, WORK } from '../rooms/room.ts';
import { Program } from './program.ts';

/** The one node's name. */
const NODE_NAME = 'turing-1';

/** The port of the folder of Helm charts on the node. */
export const CHARTS_PORT = 8879;

/** A socket on which the API asks for no credentials; a file, so that it is reached from outside the network too. */
export const API_SOCKET = `${WORK}/api.sock`;

/** The path of one of the files with objects that every bed has. */
export function manifest(name: string): string {
  return `${import.meta.dirname}/manifests/${name}.yaml`;
}

/** What makes an API server a cluster, and Traefik's stand-in. All of them are up as soon as they can be. */
export function controlPlane(place: Place, programs: string, kubeconfig: string): readonly Program[] {
  const account = `--kubeconfig=${kubeconfig}`;
  const program = (name: string, ...argv: string[]): Program => new Program(place, WORK, name, argv);
  const own = (name: string, ...flags: string[]): Program => program(name, `${programs}/${name}`, account, ...flags);
  const web = fileURLToPath(new URL('./web.ts', import.meta.url));
  return [
    own('kube-controller-manager', ...controllerFlags),
    own('kube-scheduler', '--leader-elect=false'),
    own('kube-proxy', ...proxyFlags),
    own(
      'kwok',
      '--manage-all-nodes',
      `--cidr=10.42.0.1/24`,
      `--node-ip=${NODE_ADDRESS}`,
      `--config=${manifest('kwok')}`,
    ),
    own('helm-controller'),
    program('kubectl-proxy', `${programs}/kubectl`, account, 'proxy', `--unix-socket=${API_SOCKET}`),
    program('traefik', process.execPath, web, `${WORK}/pki`, `${programs}/charts`, `${CHARTS_PORT}`),
  ];
}

/**
 * kwok's node sends a sign of life once in minutes; after forty seconds without one, its pods would be called not ready
 * for good.
 */
const controllerFlags = [
  '--node-monitor-grace-period=12h',
  '--leader-elect=false',
  '--use-service-account-credentials',
  `--service-account-private-key-file=${WORK}/service-account.key`,
  `--root-ca-file=${WORK}/pki/apiserver.crt`,
];

/** The connection table's limits belong to the whole machine: 0 leaves them alone. */
const proxyFlags = [
  `--hostname-override=${NODE_NAME}`,
  '--proxy-mode=iptables',
  `--cluster-cidr=${POD_NETWORK}`,
  '--conntrack-max-per-core=0',
  '--conntrack-tcp-timeout-established=0s',
  '--conntrack-tcp-timeout-close-wait=0s',
];
