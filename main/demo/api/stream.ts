import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Fault } from './faults.ts';
import { hostileObjects, hugeObject } from './hostile-objects.ts';
import { isRecord } from './objects.ts';
import type { Answer } from './request.ts';
import type { Resource } from './resources.ts';
import { StatusError } from './status-error.ts';

/** Where a watch writes its events. After the end, and once the client is gone, nothing is written. */
export interface EventStream {
  send(event: unknown): void;
  end(): void;
}

const LOGIN_PAGE = '<!DOCTYPE html><title>Sign in</title>';

/** Sends a whole answer, as well as the fault allows. `resource` is that of a list. */
export function sendAnswer(response: ServerResponse, answer: Answer, fault?: Fault, resource?: Resource): void {
  const { code, body, headers } = answer;
  const isText = typeof body === 'string';
  response.writeHead(code, { 'Content-Type': isText ? 'text/plain' : 'application/json', ...headers });
  const text = isText ? body : JSON.stringify(resource ? withFaultyItems(body, resource, fault) : body);
  switch (fault?.kind) {
    case 'not-json':
      response.end(LOGIN_PAGE);
      break;
    case 'truncated':
      response.end(text.slice(0, text.length / 2));
      break;
    case 'slow': {
      const size = Math.ceil(text.length / 8);
      const pieces = Array.from({ length: 8 }, (_, index) => text.slice(index * size, (index + 1) * size));
      void writeSlowly(response, pieces, fault.delayMs).then(() => response.end());
      break;
    }
    default:
      response.end(text);
  }
}

function withFaultyItems(list: unknown, resource: Resource, fault: Fault | undefined): unknown {
  if (!isRecord(list) || !Array.isArray(list.items)) return list;
  switch (fault?.kind) {
    case 'empty-list':
      return { ...list, items: [] };
    case 'hostile':
      return { ...list, items: [...list.items, ...hostileObjects(resource)] };
    case 'huge':
      return { ...list, items: [...list.items, hugeObject(resource)] };
    default:
      return list;
  }
}

/** Opens the stream of a watch, as well as the fault allows: events are JSON, one a line. */
export function openStream(response: ServerResponse, resource: Resource, fault?: Fault): EventStream {
  response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
  if (fault?.kind === 'silent') return { send: () => undefined, end: () => undefined };
  const stream = fault?.kind === 'slow' ? slowStream(response, fault.delayMs) : plainStream(response);
  switch (fault?.kind) {
    case 'expired-watch':
      stream.send(errorEvent(new StatusError(410)));
      stream.end();
      break;
    case 'not-json':
      response.write(`${LOGIN_PAGE}\n`);
      break;
    case 'truncated':
      response.end(`{"type":"ADDED","object":{"kind":"${resource.kind}","metadata":{"na`);
      break;
    case 'huge':
      stream.send({ type: 'ADDED', object: hugeObject(resource) });
      break;
    case 'hostile':
      for (const event of hostileEvents(resource)) stream.send(event);
  }
  return stream;
}

/** The event that ends a watch which cannot go on. */
export function errorEvent(error: StatusError): unknown {
  return { type: 'ERROR', object: error.toStatus() };
}

function hostileEvents(resource: Resource): unknown[] {
  const events = hostileObjects(resource).map(object => ({ type: 'ADDED', object }));
  const malformed = [null, 7, [], {}, { type: 'ADDED' }, { type: 'BOOKMARK' }, { type: 'ERROR', object: null }];
  return [...malformed, { type: 'SURPRISE', object: {} }, { type: 'DELETED', object: { metadata: {} } }, ...events];
}

function plainStream(response: ServerResponse): EventStream {
  return {
    send(event) {
      if (isOpen(response)) response.write(`${JSON.stringify(event)}\n`);
    },
    end: () => response.end(),
  };
}

function slowStream(response: ServerResponse, delayMs: number): EventStream {
  let written = Promise.resolve();
  return {
    send(event) {
      const line = `${JSON.stringify(event)}\n`;
      const halves = [line.slice(0, line.length / 2), line.slice(line.length / 2)];
      written = written.then(() => writeSlowly(response, halves, delayMs));
    },
    end() {
      written = written.then(() => void response.end());
    },
  };
}

async function writeSlowly(response: ServerResponse, pieces: readonly string[], delayMs: number): Promise<void> {
  for (const piece of pieces) {
    await wait(delayMs, undefined, { ref: false });
    if (isOpen(response)) response.write(piece);
  }
}

function isOpen(response: ServerResponse): boolean {
  return !response.writableEnded && !response.destroyed;
}
