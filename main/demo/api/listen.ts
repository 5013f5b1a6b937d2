import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Makes a server listen on loopback only and returns its port; `port` 0 takes any that is free. */
export async function listen(server: HttpServer | HttpsServer, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Stops a server that listens and destroys its connections: clients see a reset, then refusals. */
export async function close(server: HttpServer | HttpsServer): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  // A connection is known only when its TLS handshake is over, which may be later.
  const again = setInterval(() => server.closeAllConnections(), 20);
  await closed.finally(() => clearInterval(again));
}
