import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient, KubeObject } from './api.ts';
import { ingress, ingressRoute, loadBalancer } from './objects.ts';

/** The pool has eleven addresses, and Traefik has one. */
const MOST_SERVICES = 5;
const MOST_OBJECTS = 40;

const MAKERS: Readonly<Record<string, (name: string, host: string) => KubeObject>> = {
  Ingress: ingress,
  IngressRoute: (name, host) => ingressRoute(name, `Host(\`${host}\`) && PathPrefix(\`/\`)`),
  Service: loadBalancer,
};

/** A stream of random changes to a cluster: objects come, go, and change their names. */
export class Changes {
  private readonly api: ApiClient;
  private readonly random: () => number;
  private readonly pauseMs: number;
  private readonly live = new Map<string, KubeObject>();
  private readonly finished: Promise<void>;
  private stopped = false;
  private count = 0;

  constructor(api: ApiClient, seed: number, pauseMs: number) {
    this.api = api;
    this.random = randomFrom(seed);
    this.pauseMs = pauseMs;
    this.finished = this.run();
    // stop() tells; until then nobody waits for it.
    this.finished.catch(() => {});
  }

  /** How many changes the API has answered. */
  get made(): number {
    return this.count;
  }

  /** Lets the change under way finish; what is there then, stays. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.finished;
  }

  /** Deletes what is left. */
  async clear(): Promise<void> {
    await this.api.each('delete', [...this.live.values()]);
    this.live.clear();
  }

  private async run(): Promise<void> {
    for (; !this.stopped; this.count++) {
      await this.change();
      await delay(this.pauseMs * 2 * this.random());
    }
  }

  private async change(): Promise<void> {
    const objects = [...this.live.values()];
    const object = objects[Math.floor(this.random() * objects.length)];
    const dice = this.random();
    if (object === undefined || (dice < 0.5 && objects.length < MOST_OBJECTS)) return this.add(`change-${this.count}`);
    const { name } = object.metadata;
    if (dice < 0.75) {
      const { metadata, spec } = this.make(object.kind, name);
      return this.api.mergePatch(object, { metadata, spec });
    }
    await this.api.delete(object);
    this.live.delete(name);
  }

  private async add(name: string): Promise<void> {
    const services = [...this.live.values()].filter(({ kind }) => kind === 'Service').length;
    const dice = this.random();
    const kind = dice < 0.2 && services < MOST_SERVICES ? 'Service' : dice < 0.6 ? 'Ingress' : 'IngressRoute';
    const object = this.make(kind, name);
    await this.api.create(object);
    this.live.set(name, object);
  }

  /** So few hosts that now and then two objects ask for one. */
  private make(kind: string, name: string): KubeObject {
    const host = `h${Math.floor(this.random() * 60)}.turing-cluster.local`;
    return (MAKERS[kind] ?? ingress)(name, host);
  }
}

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
