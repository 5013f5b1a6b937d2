import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { getRoot } from './http.ts';

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

/**
 * Tries HTTPS, then HTTP, at an address; stops at the first answer, whatever it is. Of a certificate it tells by whom
 * and for whom it is, and asks for none. `hostname` may be the address itself.
 */
export async function tryAddress(hostname: string, address: string, dial: Dial): Promise<readonly Step[]> {
  const open = await Promise.all(PORTS.map(async port => ((await answers(dial(address, port))) ? [port] : [])));
  const silent: Step = {
    ...{ step: 'port', ok: false },
    message: `Nothing answers at ${address}, neither on port 443 nor on port 80.`,
  };
  let steps: readonly Step[] = [silent];
  // Where one port takes no HTTP (Traefik may be strict about names), the other may.
  for (const port of open.flat()) {
    const found: Step = { step: 'port', ok: true, message: `${address} answers on port ${port}.` };
    const answer = await tryHttp(hostname, port, dial(address, port));
    if (answer.ok) return [found, answer];
    if (steps[0] === silent) steps = [found, answer];
  }
  return steps;
}

async function tryHttp(
  hostname: string,
  port: (typeof PORTS)[number],
  endpoint: { readonly host: string; readonly port: number },
): Promise<Step> {
  const scheme = port === 443 ? 'https' : 'http';
  const url = `${scheme}://${hostname.includes(':') ? `[${hostname}]` : hostname}`;
  try {
    const { status, body, certificate } = await getRoot(scheme, hostname, endpoint, PATIENCE_MS);
    const isTraefik = status === 404 && body.trim() === '404 page not found';
    const answer = isTraefik
      ? `${url} answers with Traefik’s 404: everything up to Traefik works, it only routes nothing for this name yet.`
      : `${url} answers with ${status}.`;
    return { step: 'http', ok: true, message: `${answer} ${certificate}`.trim() };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { step: 'http', ok: false, message: `The port is open, but ${url} does not answer (${detail}).` };
  }
}

function answers(endpoint: { readonly host: string; readonly port: number }): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect({ ...endpoint, timeout: PATIENCE_MS });
  socket.once('connect', () => resolve(true));
  socket.once('error', () => resolve(false)).once('timeout', () => resolve(false));
  return promise.finally(() => socket.destroy());
}
