import { AppError } from '../errors.ts';
import type { Cluster } from './kubeconfig-entries.ts';
import { readPem, validity } from './pem.ts';
import { plainText } from './plain-text.ts';

/** Where a cluster's API is and how to recognise it. */
export interface ApiServer {
  /**
   * Always https. Its path comes before every path of the API; it has no slash at its end, unless it is all there is.
   */
  readonly url: URL;
  /** PEM of the authorities to trust; `''`: the system's. */
  readonly ca: string;
}

const PROXY_SCHEMES = ['http:', 'https:', 'socks5:', 'socks5h:', 'socks4:', 'socks4a:'];

/** Reads and checks a cluster entry; throws an {@link AppError} that names what is wrong with it. */
export async function readApiServer(cluster: Cluster): Promise<ApiServer> {
  const { name, file, insecure, proxyUrl } = cluster;
  const entry = `cluster "${plainText(name)}" in ${file.path}`;
  const url = parseServer(cluster, entry);
  if (proxyUrl !== '' && !PROXY_SCHEMES.includes(parseUrl(proxyUrl)?.protocol ?? '')) {
    throw new AppError('kubeconfig', `The proxy-url of ${entry} is no http, https or socks5 URL.`, 'Correct it there.');
  }
  if (cluster.ca === undefined) return { url, ca: '' };
  if (insecure) {
    const message = `The ${entry} has both a certificate authority and insecure-skip-tls-verify: true.`;
    throw new AppError('kubeconfig', message, 'Take insecure-skip-tls-verify out, so that the certificate is checked.');
  }
  const ca = await readPem(cluster.ca, 'certificate authority', file);
  // Node.js takes anything as an authority, and then trusts nobody.
  if (validity(ca) === undefined) {
    const message = `The certificate authority of ${entry} is not a certificate.`;
    throw new AppError('kubeconfig', message, 'Copy the kubeconfig again from where it was made.');
  }
  return { url, ca };
}

function parseServer({ server }: Cluster, entry: string): URL {
  const url = parseUrl(server.replace(/\/+$/, ''));
  const shown = plainText(server);
  if (url?.protocol === 'http:') {
    const message = `The ${entry} has the server ${shown}: without TLS, anybody could read the credentials.`;
    throw new AppError('kubeconfig', message, 'Put its https:// address there.');
  }
  if (url?.protocol !== 'https:') {
    const wrong = server === '' ? 'no server' : `the server "${shown}", which is no https:// URL`;
    const message = `The ${entry} has ${wrong}.`;
    throw new AppError('kubeconfig', message, 'Put the address there, for example https://192.168.1.10:6443.');
  }
  return url;
}

const parseUrl = (text: string) => URL.parse(text) ?? undefined;
