import type { Cluster, ExecPlugin } from './kubeconfig-entries.ts';
import { readPem, validity } from './pem.ts';
import { Malformed, Section } from './section.ts';

/** What a plugin hands out: a token, or a certificate with its key (PEM), or both; `''` for what it does not. */
export interface ExecCredential {
  readonly token: string;
  readonly certificate: string;
  readonly key: string;
  /** Milliseconds since 1970; `Infinity` if it never ends. */
  readonly expires: number;
}

/**
 * The question to a plugin, for its variable KUBERNETES_EXEC_INFO: nobody is there to answer, and which cluster it is
 * for.
 */
export async function execInfo(plugin: ExecPlugin, cluster: Cluster): Promise<string> {
  const about = plugin.provideClusterInfo ? { cluster: await clusterInfo(cluster) } : {};
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: plugin.apiVersion,
    spec: { ...about, interactive: false },
  });
}

async function clusterInfo({ file, server, ca, tlsServerName, insecure, proxyUrl, execConfig }: Cluster) {
  const pem = ca === undefined ? '' : await readPem(ca, 'certificate authority', file);
  const given = {
    'tls-server-name': tlsServerName,
    'insecure-skip-tls-verify': insecure,
    'certificate-authority-data': Buffer.from(pem).toString('base64'),
    'proxy-url': proxyUrl,
    config: execConfig === '' ? undefined : JSON.parse(execConfig),
  };
  return { server, ...Object.fromEntries(Object.entries(given).filter(([, value]) => Boolean(value))) };
}

/** Reads a plugin's answer. Throws {@link Malformed} if it is not what the protocol asks for. */
export function parseExecCredential(stdout: string, apiVersion: string): ExecCredential {
  const answer = new Section(parseJson(stdout), '');
  if (answer.text('kind') !== 'ExecCredential' || answer.text('apiVersion') !== apiVersion) {
    throw new Malformed(`it must be an ExecCredential of ${apiVersion}`);
  }
  const status = answer.section('status');
  const token = status.text('token');
  const certificate = status.text('clientCertificateData');
  const key = status.text('clientKeyData');
  if (token === '' && certificate === '') throw new Malformed('it has neither a token nor a certificate');
  if ((certificate === '') !== (key === '')) throw new Malformed('it has only one of certificate and key');
  if (!/^[\x21-\x7e]*$/.test(token)) throw new Malformed('its token has characters that no token has');
  return { token, certificate, key, expires: Math.min(tokenExpiry(status), certificateExpiry(certificate)) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Malformed('it is not JSON');
  }
}

function tokenExpiry(status: Section): number {
  const timestamp = status.text('expirationTimestamp');
  if (timestamp === '') return Number.POSITIVE_INFINITY;
  const expires = Date.parse(timestamp);
  if (Number.isNaN(expires)) throw new Malformed('its expirationTimestamp is no time');
  return expires;
}

function certificateExpiry(certificate: string): number {
  if (certificate === '') return Number.POSITIVE_INFINITY;
  const valid = validity(certificate);
  if (valid === undefined) throw new Malformed('its certificate is not one');
  return valid.to.getTime();
}
