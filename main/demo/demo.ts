import { randomBytes } from 'node:crypto';
import { DemoCluster } from './api/cluster.ts';
import { Faults } from './api/faults.ts';
import { ApiServer } from './api/server.ts';
import { selfSignedCertificate } from './certificate.ts';
import type { Controller } from './controller.ts';
import { K3S_VERSION } from './k3s.ts';
import { runCluster } from './programs.ts';
import { createStory, type Story } from './story.ts';
import { type Endpoint, startTraefikWeb } from './traefik-web.ts';
import type { Troubles } from './troubles.ts';

/** What the demo is to be; all of it has a default. */
export interface DemoOptions {
  /** `home`: MetalLB and a home lab's apps. `empty`: a bare K3s whose Traefik waits for an address. */
  readonly scenario?: 'home' | 'empty';
  /** So many Ingresses on top, for tests under load. */
  readonly ingresses?: number;
  /** The API server's port; by default any that is free. */
  readonly port?: number;
  /** How often a watch that wants bookmarks gets one; by default every minute, as from a real server. */
  readonly bookmarkIntervalMs?: number;
  /** How long each stage of what takes time takes: a pod that starts, a helm job; by default so that a person can follow. */
  readonly paceMs?: number;
}

/** A running demo. Everything of it listens on loopback only. */
export interface Demo {
  /** Of the API server: `https://127.0.0.1:<port>`. */
  readonly url: string;
  /** A kubeconfig with everything inline; its only context and cluster are called `turing-cluster`. */
  readonly kubeconfig: string;
  /** The objects, to act on without a wire; watchers see what is done. */
  readonly cluster: DemoCluster;
  /** The API server, to stop, start again, cut off, and ask what it has seen. */
  readonly server: ApiServer;
  readonly faults: Faults;
  /** What MetalLB's pods do, to stop and start; by itself it runs while the controller's pod is ready. */
  readonly metallb: Controller;
  readonly troubles: Troubles;
  /** The things that happen in the cluster while somebody watches; nothing does until it is started. */
  readonly story: Story;
  /** Where an address and port of the cluster really answer, on loopback. */
  dial(address: string, port: number): Endpoint;
  /** Closes everything: connections, timers, ports. */
  stop(): Promise<void>;
}

/** Starts a simulated K3s home cluster: a real server that any Kubernetes client can talk to with the kubeconfig. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const { port = 0, bookmarkIntervalMs = 60_000 } = options;
  const cluster = new DemoCluster();
  const programs = runCluster(cluster, options);

  const faults = new Faults();
  const token = randomBytes(24).toString('base64url');
  const certificate = selfSignedCertificate('turing-cluster', ['localhost', '127.0.0.1']);
  const server = new ApiServer({ cluster, faults, certificate, token, version: K3S_VERSION, port, bookmarkIntervalMs });
  await server.start();
  const web = await startTraefikWeb(cluster);
  const story = createStory(cluster);
  return {
    url: server.url,
    kubeconfig: kubeconfig(server.url, token, certificate.cert),
    cluster,
    server,
    faults,
    metallb: programs.metallb,
    troubles: programs.troubles,
    story,
    dial: web.dial,
    async stop() {
      story.stop();
      programs.stop();
      await Promise.all([server.stop(), web.stop()]);
    },
  };
}

function kubeconfig(server: string, token: string, ca: string): string {
  return `apiVersion: v1
kind: Config
current-context: turing-cluster
clusters:
  - name: turing-cluster
    cluster:
      server: ${server}
      certificate-authority-data: ${Buffer.from(ca).toString('base64')}
contexts:
  - name: turing-cluster
    context:
      cluster: turing-cluster
      user: demo
users:
  - name: demo
    user:
      token: ${token}
`;
}
