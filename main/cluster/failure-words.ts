import { AppError, assertNever } from '../errors.ts';
import type { Cause, NetworkCause, TlsCause } from './failure-cause.ts';
import { plainText, saying } from './plain-text.ts';

/** What the request was that failed. */
export interface Attempt {
  readonly server: URL;
  /** As in the kubeconfig, `''` if there is none. */
  readonly proxyUrl: string;
  /** The client certificate that was shown (PEM), `''` if none was. */
  readonly certificate: string;
  /** Path of the kubeconfig that names the server. */
  readonly file: string;
  readonly platform: NodeJS.Platform;
}

type Words = readonly [message: string, hint: string];

/** A cause as the user gets to read it; `options` carries the error itself along. */
export function describeCause(cause: Cause, attempt: Attempt, options?: ErrorOptions): AppError {
  switch (cause.kind) {
    case 'malformed':
      return new AppError('server', ...malformedWords(attempt), options);
    case 'refused':
    case 'silent':
    case 'unknown-host':
    case 'no-route':
    case 'reset':
    case 'other':
      return new AppError('unreachable', ...networkWords(cause, attempt), options);
    default:
      return new AppError('certificate', ...tlsWords(cause, attempt), options);
  }
}

function malformedWords({ server, file }: Attempt): Words {
  return [`What answers at ${server.host} does not speak as a Kubernetes API does.`, `Check the server in ${file}.`];
}

function networkWords(cause: NetworkCause, attempt: Attempt): Words {
  const { server, proxyUrl, file, platform } = attempt;
  const place = proxyUrl === '' ? server.host : `${server.host} (through the proxy ${URL.parse(proxyUrl)?.host})`;
  const running = 'Check that the cluster runs and that this computer is in its network.';
  if (isThisComputer(attempt) && (cause.kind === 'refused' || cause.kind === 'silent')) {
    const message = `The kubeconfig says that the cluster is this computer (${place}), but nothing answers here.`;
    return [message, thisComputerHint(attempt)];
  }
  switch (cause.kind) {
    case 'refused':
      return [`Nothing listens at ${place}.`, running];
    case 'silent':
      return [`${place} does not answer.`, running];
    case 'unknown-host':
      return [`The name ${server.hostname} cannot be found.`, `Check it in ${file}, or put an address in its place.`];
    case 'no-route':
      return [`There is no way from here to ${place}.`, platform === 'darwin' ? LOCAL_NETWORK : running];
    case 'reset':
      return [`${place} closed the connection.`, `${running} A firewall or proxy between may also have cut it.`];
    case 'other':
      return [`The request to ${place} failed${saying(cause.message)}`, running];
    default:
      return assertNever(cause);
  }
}

/** Since macOS 15, a program that may not use the local network gets the same error as one whose network is down. */
const LOCAL_NETWORK =
  'Check your network, and that this program (or the terminal it runs in) is allowed in System Settings, Privacy & Security, Local Network.';

/** `0.0.0.0` and `::` lead to this computer too, and K3s may have written any of them. */
export function isThisComputer({ server: { hostname }, proxyUrl }: Pick<Attempt, 'server' | 'proxyUrl'>): boolean {
  return proxyUrl === '' && (hostname === 'localhost' || /^127\.[0-9.]+$|^0\.0\.0\.0$|^\[::1?\]$/.test(hostname));
}

function thisComputerHint({ server, file }: Attempt): string {
  const example = `https://192.168.1.10:${server.port || 443}`;
  return `K3s writes that address: put the server's real one in its place in ${file}, for example ${example}.`;
}

function tlsWords(cause: TlsCause, attempt: Attempt): Words {
  const { server, file } = attempt;
  const clocks = 'Check the clocks of this computer and of the server.';
  const again = `If the cluster was set up anew, copy its kubeconfig to ${file} again.`;
  switch (cause.kind) {
    case 'not-tls':
      return [`What answers at ${server.host} does not speak TLS.`, `Check the port of the server in ${file}.`];
    case 'tls-refused':
      return [`${server.host} refused the TLS settings or the client certificate.`, again];
    case 'wrong-authority': {
      const message = `The certificate of ${server.host} was not made by the authority in the kubeconfig.`;
      return [
        message,
        isThisComputer(attempt) ? thisComputerHint(attempt) : `Check that it is the right server. ${again}`,
      ];
    }
    case 'wrong-name': {
      const names = cause.names === '' ? '' : ` (${plainText(cause.names)})`;
      const hint = `Use one of those in ${file}, or let the server add this one (K3s: --tls-san ${server.hostname}).`;
      return [`The certificate of ${server.host} is for other names${names}.`, hint];
    }
    case 'expired':
      return [
        `The certificate of ${server.host} has expired.`,
        `Restart K3s on the server, which renews it. ${clocks}`,
      ];
    case 'not-yet-valid':
      return [`The certificate of ${server.host} is not valid yet.`, clocks];
    default:
      return assertNever(cause);
  }
}
