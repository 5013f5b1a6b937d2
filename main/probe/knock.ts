import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';

/** Web, SSH, and echo, which hardly anybody keeps open: a computer without a firewall refuses it at once. */
const PORTS = [80, 443, 22, 7];

/** Sleeping phones take most of a second to answer ARP. */
const PATIENCE_MS = 1_200;

/** Whether TCP is answered at an address, if only by a refusal. To ask makes the system send ARP, too. */
export async function isAnswered(address: string, signal: AbortSignal): Promise<boolean> {
  const done = new AbortController();
  const until = AbortSignal.any([signal, done.signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    return await Promise.any(PORTS.map(port => knock(address, port, until)));
  } catch {
    return false;
  } finally {
    done.abort();
  }
}

/** Throws where neither an answer nor a refusal comes. */
async function knock(host: string, port: number, signal: AbortSignal): Promise<true> {
  const { promise, resolve, reject } = Promise.withResolvers<true>();
  const socket = connect({ host, port, signal });
  socket.once('connect', () => resolve(true));
  socket.once('error', error => {
    const code = Reflect.get(error, 'code');
    if (code === 'ECONNREFUSED' || code === 'ECONNRESET') resolve(true);
    else reject(error);
  });
  return await promise.finally(() => socket.destroy());
}

/** The own address that the system would send from to an address, `''` for none. Sends nothing: UDP only takes a route. */
export async function sourceTowards(address: string): Promise<string> {
  const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  try {
    socket.connect(9, address);
    await once(socket, 'connect');
    return socket.address().address;
  } catch {
    return '';
  } finally {
    socket.close();
  }
}
