import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { type Demo, type DemoOptions, startDemo } from '../../../main/demo/demo.ts';

/** A demo that stops with the test, and a client that talks to it. */
export async function startForTest(options?: DemoOptions): Promise<{ demo: Demo; client: Client }> {
  const demo = await startDemo(options);
  onTestFinished(() => demo.stop());
  return { demo, client: new Client(demo) };
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

/** An event of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: Item;
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

/** The lines of an open watch, as they come. */
export class WatchStream {
  readonly response: IncomingMessage;
  readonly #lines: string[] = [];
  #rest = '';
  #wake = () => {};
  /** How the stream ended; `undefined` while it is open. */
  ended: 'end' | 'reset' | undefined;

  constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      const [first = '', ...more] = chunk.split('\n');
      this.#rest += first;
      for (const line of more) {
        this.#lines.push(this.#rest);
        this.#rest = line;
      }
      this.#wake();
    });
    response.on('end', () => this.#end('end'));
    response.on('error', () => this.#end('reset'));
    response.on('close', () => this.#end('reset'));
  }

  /** The next line; throws when the stream ends before. */
  async line(): Promise<string> {
    while (this.#lines.length === 0 && this.ended === undefined) {
      await new Promise<void>(resolve => {
        this.#wake = resolve;
      });
    }
    const line = this.#lines.shift();
    if (line === undefined) throw new Error(`the watch ended (${this.ended}) with "${this.#rest.slice(0, 100)}" over`);
    return line;
  }

  async next(): Promise<WatchEvent> {
    return JSON.parse(await this.line());
  }

  /** The next events, as `ADDED grafana`. */
  async take(count: number): Promise<string[]> {
    const seen: string[] = [];
    while (seen.length < count) {
      const { type, object } = await this.next();
      seen.push(`${type} ${object.metadata.name}`);
    }
    return seen;
  }

  /** Reads on until an event fits. */
  async until(fits: (event: WatchEvent) => boolean): Promise<WatchEvent> {
    for (;;) {
      const event = await this.next();
      if (fits(event)) return event;
    }
  }

  /** All lines up to the end, and the unfinished one after them. */
  async drain(): Promise<{ lines: string[]; rest: string; ended: 'end' | 'reset' | undefined }> {
    const lines: string[] = [];
    try {
      for (;;) lines.push(await this.line());
    } catch {
      return { lines, rest: this.#rest, ended: this.ended };
    }
  }

  close(): void {
    this.response.destroy();
  }

  #end(how: 'end' | 'reset'): void {
    this.ended ??= how;
    this.#wake();
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
