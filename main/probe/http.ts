import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { TLSSocket } from 'node:tls';
import { describeCertificate } from './certificate.ts';

// To import node:http is to load all that hangs on it, a WebSocket client among them: 13 MB and 20 ms.
const { request } = process.getBuiltinModule('node:http');

/** What a server answered. */
export interface HttpAnswer {
  readonly status: number;
  /** Its beginning. */
  readonly body: string;
  /** A sentence; `''` over HTTP. */
  readonly certificate: string;
}

/** More of a body tells nothing. */
const MOST_READ = 200;

/**
 * GETs `/` of a host at an endpoint; a certificate is told, and not asked for. A body that does not end is cut off.
 * Throws what the network threw.
 */
export function getRoot(
  scheme: 'http' | 'https',
  hostname: string,
  endpoint: { readonly host: string; readonly port: number },
  patienceMs: number,
): Promise<HttpAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpAnswer>();
  const send = scheme === 'https' ? secureRequest : request;
  const options = {
    ...endpoint,
    headers: { Host: hostname },
    servername: isIP(hostname) === 0 ? hostname : '',
    // Until somebody sets one up, Traefik shows a certificate of its own making; what counts here is that it answers.
    rejectUnauthorized: false,
    // On a connection that resumes a session, there is no certificate.
    agent: false,
    timeout: patienceMs,
  } as const;
  const sent = send(options, response => {
    const certificate = response.socket instanceof TLSSocket ? certificateOf(response.socket, hostname) : '';
    let body = '';
    const tell = () => {
      resolve({ status: response.statusCode ?? 0, body: body.slice(0, MOST_READ), certificate });
      sent.destroy();
    };
    const timer = setTimeout(tell, patienceMs);
    response.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
      if (body.length >= MOST_READ) tell();
    });
    // A server that answered and then hung up has answered.
    response.on('error', tell).on('end', tell);
    response.on('close', () => clearTimeout(timer));
  });
  sent.on('timeout', () => sent.destroy(new Error('it says nothing')));
  sent.on('error', reject).end();
  return promise;
}

function certificateOf(socket: TLSSocket, hostname: string): string {
  const shown = socket.getPeerCertificate();
  if (shown.subject === undefined) return '';
  // Typed as an error, and a code: https://nodejs.org/api/tls.html#tlssocketauthorizationerror
  const code = socket.authorized ? '' : String(socket.authorizationError);
  return describeCertificate(shown, code, hostname, Date.now());
}
