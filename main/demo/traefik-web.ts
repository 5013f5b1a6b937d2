import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { DemoCluster } from './api/cluster.ts';
import { close, listen } from './api/listen.ts';
import { addressesOf, type Ingress, items, type Service, type StoredObject } from './api/objects.ts';
import { selfSignedCertificate } from './certificate.ts';
import { FROM_POOL } from './metallb.ts';
import { isAnnounced } from './speaker.ts';

interface IngressRoute extends StoredObject {
  readonly spec?: { readonly routes?: readonly { readonly match?: string }[] };
}

/** Where something really answers. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** What answers on loopback for the addresses of the cluster's load balancers. */
export interface TraefikWeb {
  /** Where a cluster address and port answer; a port that refuses when no Service has them, or nobody announces it. */
  dial(address: string, port: number): Endpoint;
  stop(): Promise<void>;
}

/** Port 1 (tcpmux): nothing listens there, so connections are refused at once. */
const NOWHERE = 1;

/**
 * Stands for Traefik: the entry point `web`, and `websecure` with Traefik's default certificate. A host or path that
 * is routed gets a short text, any other Traefik's 404. The other Services' ports lead to `web` too.
 */
export async function startTraefikWeb(cluster: DemoCluster): Promise<TraefikWeb> {
  const answer: RequestListener = (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const isServed = isRouted(cluster, host, request.url ?? '/');
    response.writeHead(isServed ? 200 : 404, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(isServed ? `${host} is served by the demo.\n` : '404 page not found\n');
  };
  const web = createHttpServer(answer);
  const websecure = createHttpsServer(selfSignedCertificate('TRAEFIK DEFAULT CERT', ['traefik.default']), answer);
  const [webPort, websecurePort] = await Promise.all([listen(web, 0), listen(websecure, 0)]);
  return {
    dial(address, port) {
      const isOpen = cluster
        .list<Service>('services')
        .some(
          service =>
            addressesOf(service).includes(address) &&
            items(service.spec?.ports).some(each => each.port === port) &&
            isOnTheNetwork(cluster, service),
        );
      return { host: '127.0.0.1', port: isOpen ? (port === 443 ? websecurePort : webPort) : NOWHERE };
    },
    async stop() {
      await Promise.all([close(web), close(websecure)]);
    },
  };
}

/** An address that MetalLB has given is nowhere until a node answers for it; others are a node's own. */
function isOnTheNetwork(cluster: DemoCluster, service: Service): boolean {
  return service.metadata.annotations?.[FROM_POOL] === undefined || isAnnounced(cluster, service);
}

/** Whether an Ingress or an IngressRoute leads somewhere; of the rules only plain hosts, or paths without a host. */
function isRouted(cluster: DemoCluster, host: string, path: string): boolean {
  const routes = cluster.list<IngressRoute>('ingressroutes.traefik.io').flatMap(({ spec }) => items(spec?.routes));
  if (routes.some(({ match }) => match?.includes(`Host(\`${host}\`)`))) return true;
  return cluster
    .list<Ingress>('ingresses')
    .flatMap(({ spec }) => items(spec?.rules))
    .some(rule => {
      const isUnderPath = items(rule.http?.paths).some(each => path.startsWith(each.path ?? '/'));
      return rule.host === undefined ? isUnderPath : rule.host === host;
    });
}
