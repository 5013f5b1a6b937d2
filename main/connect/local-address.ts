import { isIP } from 'node:net';
import { causeOf } from '../cluster/failure-cause.ts';
import { isThisComputer } from '../cluster/failure-words.ts';
import type { Target } from '../cluster/kubeconfig-target.ts';
import { plainText } from '../cluster/plain-text.ts';
import { AppError } from '../errors.ts';

/** Contexts that programs make for a cluster which really is on this computer. */
const LOCAL_TOOLS =
  /^(kind|k3d|k3s)-|^(minikube|docker-desktop|docker-for-desktop|rancher-desktop|orbstack|microk8s|colima.*)$/;

/**
 * Whether the user must be asked where the cluster is: its kubeconfig was copied from a K3s server, which writes
 * 127.0.0.1 and means itself. `failure` is how the last request ended; a cluster that answers is where it says.
 */
export function needsAddress({ cluster, context }: Target, failure: AppError | undefined): boolean {
  const server = URL.parse(cluster.server);
  if (server === null || failure === undefined || reachedServer(failure)) return false;
  return isThisComputer({ server, proxyUrl: cluster.proxyUrl }) && !LOCAL_TOOLS.test(context.name);
}

/** False where nothing answered, or what did is no part of that cluster. */
function reachedServer({ code, cause }: AppError): boolean {
  if (code === 'unreachable') return false;
  return code !== 'certificate' || !['wrong-authority', 'not-tls'].includes(causeOf(cause).kind);
}

/**
 * The server at the address that the user typed: an IP address or a name, also with a port or as a URL. Port and path
 * that are not given stay as they are. Throws an {@link AppError}.
 */
export function serverAt(address: string, server: URL): URL {
  const typed = parseAddress(address.trim());
  if (typed === undefined) {
    const message = `"${plainText(address, 80)}" is not an address.`;
    const hint = 'Type the address of the computer that K3s runs on, for example 192.168.1.10.';
    throw new AppError('kubeconfig', message, hint);
  }
  const moved = new URL(server);
  moved.hostname = typed.hostname;
  if (typed.port !== '') moved.port = typed.port;
  if (typed.pathname !== '/') moved.pathname = typed.pathname;
  if (!isThisComputer({ server: moved, proxyUrl: '' })) return moved;
  const hint = 'Type the one that other computers find it by: on a K3s server, kubectl get nodes -o wide shows it.';
  throw new AppError('kubeconfig', `${moved.hostname} is this computer itself.`, hint);
}

/** The host as it is typed, and a port: URL leaves 443 out. */
const AUTHORITY = /^(\[[^\]]+\]|[^/:[\]]+)(?::([0-9]+))?(?=\/|$)/;

function parseAddress(text: string): Pick<URL, 'hostname' | 'port' | 'pathname'> | undefined {
  const typed = isIP(text) === 6 ? `[${text}]` : text.replace(/^https:\/\//, '');
  const url = URL.parse(`https://${typed}`);
  const [, host = '', port = ''] = AUTHORITY.exec(typed) ?? [];
  if (url === null || host === '' || url.username !== '' || url.search !== '' || url.hash !== '') return undefined;
  // URL takes 10.1 and 010.0.0.1 for addresses; people who type those mean something else.
  const isAsTyped = host.startsWith('[') || host.toLowerCase() === url.hostname;
  return isAsTyped ? { hostname: url.hostname, port, pathname: url.pathname } : undefined;
}
