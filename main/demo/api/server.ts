import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { DemoCluster } from './cluster.ts';
import { CRDS } from './custom-resources.ts';
import type { Faults } from './faults.ts';
import { handle } from './handle.ts';
import { close, listen } from './listen.ts';
import { Traffic } from './traffic.ts';
import type { Watch } from './watch.ts';

/** What an API server is made of. */
export interface ApiServerOptions {
  readonly cluster: DemoCluster;
  readonly faults: Faults;
  /** PEM. */
  readonly certificate: { readonly key: string; readonly cert: string };
  /** The one bearer token that is let in. */
  readonly token: string;
  /** What GET /version answers. */
  readonly version: Readonly<Record<string, string>>;
  /** 0 for any that is free. */
  readonly port: number;
  readonly bookmarkIntervalMs: number;
}

/** The API server on loopback. It can be stopped and started again, on the same port and over the same objects. */
export class ApiServer {
  readonly traffic = new Traffic();
  readonly #options: ApiServerOptions;
  readonly #watches = new Map<Watch, ServerResponse>();
  #server: Server | undefined;
  #port: number;

  constructor(options: ApiServerOptions) {
    this.#options = options;
    this.#port = options.port;
    options.cluster.store.subscribe(CRDS, ({ type, object }) => {
      if (type === 'DELETED') for (const watch of this.#watchesOf(object.metadata.name)) watch.end();
    });
  }

  /** `https://127.0.0.1:<port>`, once it has been started. */
  get url(): string {
    return `https://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const { key, cert } = this.#options.certificate;
    const context = { ...this.#options, traffic: this.traffic, watchOpened: this.#watchOpened };
    // Go clients keep idle connections for 90 seconds: to be the first to close one would break a call on its way.
    const server = createServer({ key, cert, keepAliveTimeout: 120_000 }, (incoming, response) => {
      void handle(context, incoming, response);
    });
    server.on('secureConnection', () => this.traffic.connections++);
    this.#port = await listen(server, this.#port);
    this.#server = server;
  }

  /** As when the API server restarts: clients see a reset, then refusals. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await close(server);
  }

  /** How many watches are open, of one resource (`services`, `ingressroutes.traefik.io`) or of all. */
  openWatches(resource?: string): number {
    return this.#watchesOf(resource).length;
  }

  /** Destroys the sockets of open watches, as when the network goes away. */
  cutWatches(resource?: string): void {
    for (const watch of this.#watchesOf(resource)) this.#watches.get(watch)?.socket?.destroy();
  }

  readonly #watchOpened = (watch: Watch, response: ServerResponse) => {
    this.#watches.set(watch, response);
    response.on('close', () => this.#watches.delete(watch));
  };

  #watchesOf(resource: string | undefined): Watch[] {
    return [...this.#watches.keys()].filter(watch => resource === undefined || watch.resource === resource);
  }
}
