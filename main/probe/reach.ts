import { lookup } from 'node:dns/promises';
import { request as secureRequest } from 'node:https';
import { connect } from 'node:net';

// To import node:http is to load all that hangs on it, a WebSocket client among them: 13 MB and 20 ms.
const { request } = process.getBuiltinModule('node:http');

/** Where an address and port are to be reached; the demo's are all on loopback. */
export type Dial = (address: string, port: number) => { readonly host: string; readonly port: number };

/** One thing tried on the way to a name, and how it went; `message` is a sentence for people. */
export interface Step {
  readonly step: 'resolver' | 'port' | 'http';
  readonly ok: boolean;
  readonly message: string;
}

const PATIENCE_MS = 3_000;
const PORTS = [443, 80] as const;

/** What this computer's resolver says to a name: the step, and the addresses. */
export async function tryResolver(hostname: string): Promise<Step & { readonly addresses: readonly string[] }> {
  const startedAt = performance.now();
  const answers = await lookup(hostname, { all: true }).catch(() => []);
  const addresses = answers.map(({ address }) => address);
  const ms = Math.round(performance.now() - startedAt);
  if (addresses.length === 0)
    return { step: 'resolver', ok: false, message: `This computer does not find ${hostname}.`, addresses };
  return { step: 'resolver', ok: true, message: `This computer finds ${addresses.join(', ')} (${ms} ms).`, addresses };
}

/** Tries HTTPS, then HTTP, at an address; stops at the first answer. The certificate is not asked for its name. */
export async function tryAddress(hostname: string, address: string, dial: Dial): Promise<readonly Step[]> {
  const open = await Promise.all(PORTS.map(async port => ((await answers(dial(address, port))) ? [port] : [])));
  const [port] = open.flat();
  if (port === undefined) {
    return [{ step: 'port', ok: false, message: `Nothing answers at ${address}, neither on port 443 nor on port 80.` }];
  }
  const found: Step = { step: 'port', ok: true, message: `${address} answers on port ${port}.` };
  return [found, await tryHttp(hostname, port, dial(address, port))];
}

async function tryHttp(
  hostname: string,
  port: (typeof PORTS)[number],
  endpoint: { host: string; port: number },
): Promise<Step> {
  const scheme = port === 443 ? 'https' : 'http';
  try {
    const { status, body } = await get(scheme, hostname, endpoint);
    const isTraefik = status === 404 && body.trim() === '404 page not found';
    const meaning = isTraefik ? ': Traefik answers, but routes nothing for this name yet' : '';
    return { step: 'http', ok: true, message: `${scheme}://${hostname} answers with ${status}${meaning}.` };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return {
      step: 'http',
      ok: false,
      message: `The port is open, but ${scheme}://${hostname} does not answer (${detail}).`,
    };
  }
}

function get(
  scheme: 'http' | 'https',
  hostname: string,
  endpoint: { host: string; port: number },
): Promise<{ status: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>();
  const send = scheme === 'https' ? secureRequest : request;
  // Until somebody sets one up, Traefik shows a certificate of its own making; what counts here is that it answers.
  const options = {
    ...endpoint,
    headers: { Host: hostname },
    servername: hostname,
    rejectUnauthorized: false,
    timeout: PATIENCE_MS,
  };
  const sent = send(options, response => {
    let body = '';
    response.setEncoding('utf8').on('data', (chunk: string) => {
      body = (body + chunk).slice(0, 200);
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, body })).on('error', reject);
  });
  sent.on('timeout', () => sent.destroy(new Error('it says nothing')));
  sent.on('error', reject).end();
  return promise;
}

function answers(endpoint: { host: string; port: number }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ ...endpoint, timeout: PATIENCE_MS });
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false)).once('timeout', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
