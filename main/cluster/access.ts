import type { Agent as HttpAgent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../errors.ts';
import type { ApiServer } from './api-server.ts';
import type { Cluster } from './kubeconfig-entries.ts';
import type { Target } from './kubeconfig-target.ts';
import type { Credentials } from './login.ts';
import { plainText } from './plain-text.ts';

// To import node:http is to load all that hangs on it, a WebSocket client among them: 13 MB and 20 ms.
const { Agent, validateHeaderValue } = process.getBuiltinModule('node:http');

/** PEM each; `servername` only where the certificate is for another name than the URL has. */
export interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized: boolean;
}

/** All that a request to the API needs. It holds secrets: it is neither logged nor stored. */
export interface Access {
  /** https; its path, if any, comes before every path of the API. */
  readonly server: URL;
  /** Names in the form that they are sent in: `Authorization`, `Impersonate-User`. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsOptions;
  /** Goes through the cluster's proxy and has the TLS options built in; `undefined` where there is no proxy. */
  readonly agent: HttpAgent | undefined;
}

/**
 * The access to a target, from client-node's request `options` for it. Throws an {@link AppError} for unfit headers.
 */
export function toAccess(options: RequestOptions, target: Target, server: ApiServer, credentials: Credentials): Access {
  return {
    server: server.url,
    headers: toHeaders(options, target),
    tls: toTlsOptions(server, credentials, target.cluster),
    agent: toProxyAgent(options, target.cluster, server.url),
  };
}

/** `next`, but what is as it was `before` stays the same object: all of it, or only the TLS options. */
export function keepUnchanged(before: Access | undefined, next: Access): Access {
  if (before === undefined || !isDeepStrictEqual(before.tls, next.tls)) return next;
  const isSame = before.server.href === next.server.href && isDeepStrictEqual(before.headers, next.headers);
  return isSame ? before : { ...next, tls: before.tls };
}

function toHeaders({ auth, headers = {} }: RequestOptions, { user }: Target): Access['headers'] {
  const basic = auth ? { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
  const all = Object.entries({ ...basic, ...headers }).map(([name, value]) => [name, String(value)] as const);
  try {
    for (const [name, value] of all) validateHeaderValue(name, value);
  } catch (cause) {
    const message = `User "${plainText(user.name)}" has a name or token that cannot be sent in a header.`;
    throw new AppError('kubeconfig', message, `Correct it in ${user.file.path}.`, { cause });
  }
  return Object.fromEntries(all);
}

function toTlsOptions(
  { ca }: ApiServer,
  { certificate, key }: Credentials,
  { tlsServerName, insecure }: Cluster,
): TlsOptions {
  return {
    ...(ca === '' ? {} : { ca }),
    ...(certificate === '' ? {} : { cert: certificate, key }),
    ...(tlsServerName === '' ? {} : { servername: tlsServerName }),
    rejectUnauthorized: !insecure,
  };
}

/** Without a proxy, client-node makes an agent too, but one that keeps no connection. */
function toProxyAgent(
  { agent }: RequestOptions,
  { proxyUrl, tlsServerName }: Cluster,
  { hostname }: URL,
): Access['agent'] {
  if (proxyUrl === '' || !(agent instanceof Agent)) return undefined;
  const address = hostname.replace(/^\[|\]$/g, '');
  if (proxyUrl.startsWith('socks') && tlsServerName === '' && isIP(address)) {
    // socks-proxy-agent leaves the host out, and then Node.js looks for "localhost" in the certificate.
    const check = (_host: string, certificate: PeerCertificate) => checkServerIdentity(address, certificate);
    Object.assign(Reflect.get(agent, 'options'), { checkServerIdentity: check });
  }
  return agent;
}
