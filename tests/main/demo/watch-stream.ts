import type { IncomingMessage } from 'node:http';
import type { Item } from './client.ts';

/** An event of a watch. */
export interface WatchEvent {
  readonly type: string;
  readonly object: Item;
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
