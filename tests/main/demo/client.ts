import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished } from 'vitest';
import { type Demo, type DemoOptions, startDemo } from '../../../main/demo/demo.ts';
import { WatchStream } from './watch-stream.ts';

/** A demo that stops with the test, and a client that talks to it. */
export async function startForTest(options?: DemoOptions): Promise<{ demo: Demo; client: Client }> {
  const demo = await startDemo(options);
  onTestFinished(() => demo.stop());
  return { demo, client: new Client(demo) };
}

/** `expect` of something that becomes true, soon on an idle machine and later on a busy one. */
export function eventually<T>(read: () => T) {
  return expect.poll(read, { timeout: 10_000, interval: 5 });
}

/** The fields of objects that tests look at. */
export interface Item {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec?: Readonly<Record<string, unknown>>;
  readonly status?: unknown;
  /** Of an Event. */
  readonly reason?: string;
  readonly message?: string;
}

/** The fields of a list, page or not. */
export interface List {
  readonly kind: string;
  readonly apiVersion: string;
  readonly metadata: {
    readonly resourceVersion: string;
    readonly continue?: string;
    readonly remainingItemCount?: number;
  };
  readonly items: readonly Item[];
}

/** A whole answer. */
export interface Reply<T> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: T;
}

/** Talks to the demo as any client would: HTTPS with the kubeconfig's CA and token, one pool of connections. */
export class Client {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  readonly #agent = new Agent({ keepAlive: true });

  constructor({ url, kubeconfig }: Demo) {
    this.url = url;
    this.ca = Buffer.from(/certificate-authority-data: (\S+)/.exec(kubeconfig)?.[1] ?? '', 'base64').toString();
    this.token = /token: (\S+)/.exec(kubeconfig)?.[1] ?? '';
    onTestFinished(() => this.#agent.destroy());
  }

  get<T = List>(path: string, headers?: Record<string, string>): Promise<Reply<T>> {
    return this.send('GET', path, undefined, headers);
  }

  /** Sends any call; a body that is not a text goes as JSON. `body` of the reply is `undefined` if it is not JSON. */
  async send<T = Item>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply<T>> {
    const json = { 'content-type': 'application/json', ...headers };
    const response = await this.open(path, { method, headers: body === undefined ? headers : json }, body);
    const content = await text(response);
    return { status: response.statusCode ?? 0, headers: response.headers, text: content, body: parse(content) as T };
  }

  patch<T = Item>(path: string, type: string, body: unknown): Promise<Reply<T>> {
    return this.send('PATCH', path, body, { 'content-type': `application/${type}` });
  }

  async watch(path: string, query = '', headers?: Record<string, string>): Promise<WatchStream> {
    return new WatchStream(await this.open(`${path}?watch=true&${query}`, headers ? { headers } : {}));
  }

  /** Opens a call and comes back with its head. */
  async open(path: string, options: RequestOptions = {}, body?: unknown): Promise<IncomingMessage> {
    const content = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    // Without it, Node sends the body of a DELETE as the beginning of another call.
    const length = content === undefined ? {} : { 'content-length': Buffer.byteLength(content) };
    const headers = { authorization: `Bearer ${this.token}`, ...length, ...options.headers };
    const call = request(this.url + path, { agent: this.#agent, ca: this.ca, ...options, headers });
    call.end(content);
    const [response] = (await once(call, 'response')) as [IncomingMessage];
    return response;
  }
}

/** `namespace/name` of each item. */
export function names({ items }: List): string[] {
  return items.map(({ metadata }) => (metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name));
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
