import { EventEmitter } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** The two ends of Chromium's --remote-debugging-pipe. It ends with its pipe, so it never outlives this process. */
export interface Pipe {
  readonly to: Writable;
  readonly from: Readable;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Waiting {
  readonly method: string;
  readonly resolve: (result: never) => void;
  readonly reject: (error: Error) => void;
}

/** The browser, or one page of it: takes commands and tells of events. */
export class DevtoolsTarget {
  readonly events = new EventEmitter().setMaxListeners(0);
  readonly send: CDPSession['send'];
  readonly on: CDPSession['on'];

  constructor(request: (method: string, params: unknown) => Promise<never>) {
    this.send = (method, params) => request(method, params);
    this.on = this.events.on.bind(this.events) as unknown as CDPSession['on'];
  }
}

/** A client of Chromium's DevTools protocol. */
export class Devtools {
  readonly browser = this.#target();
  readonly #pipe: Pipe;
  readonly #waiting = new Map<number, Waiting>();
  readonly #pages = new Map<string, DevtoolsTarget>();
  #lastId = 0;
  #closed = false;

  constructor(pipe: Pipe) {
    this.#pipe = pipe;
    let parts: string[] = [];
    pipe.from.setEncoding('utf8').on('data', (chunk: string) => {
      const pieces = chunk.split('\0');
      for (const piece of pieces.slice(0, -1)) {
        this.#receive(JSON.parse(parts.join('') + piece));
        parts = [];
      }
      parts.push(pieces.at(-1) ?? '');
    });
    pipe.from.on('close', () => this.#end());
    // Writing to a browser that has ended: its end is told of by the other pipe.
    pipe.to.on('error', () => {});
  }

  async attach(targetId: string): Promise<DevtoolsTarget> {
    const { sessionId } = await this.browser.send('Target.attachToTarget', { targetId, flatten: true });
    const page = this.#target(sessionId);
    this.#pages.set(sessionId, page);
    return page;
  }

  #target(sessionId?: string): DevtoolsTarget {
    return new DevtoolsTarget((method, params) => this.#request(method, params, sessionId));
  }

  #request(method: string, params: unknown, sessionId: string | undefined): Promise<never> {
    if (this.#closed) return Promise.reject(new Error(`${method}: the browser has ended`));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { method, resolve, reject });
      this.#pipe.to.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  #receive({ id, sessionId, method, params, result, error }: Message): void {
    if (id === undefined) {
      const target = sessionId === undefined ? this.browser : this.#pages.get(sessionId);
      target?.events.emit(method, params);
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error) waiting?.reject(new Error(`${waiting.method}: ${error.message}`));
    else waiting?.resolve(result as never);
  }

  #end(): void {
    this.#closed = true;
    for (const { method, reject } of this.#waiting.values()) reject(new Error(`${method}: the browser has ended`));
    this.#waiting.clear();
  }
}
