import { MalformedError, readJson, readJsonLines } from './body.ts';
import type { Clock } from './clock.ts';
import { type Answer, type Connection, SilentServerError } from './connection.ts';
import { list, type Raw, record, text } from './raw.ts';

/** An answer or an event other than the one asked for; `message` is the API's own, `retryAfter` its wish in seconds. */
export class StatusError extends Error {
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(status: number, message: string, retryAfter: number | undefined) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/** The server knows this version no more (HTTP 410, or the same as an event): only a new list helps. */
export function isGone(error: unknown): boolean {
  return error instanceof StatusError && error.status === 410;
}

/** A watch cannot go on: the version is too old, or the user or the kind is in question. */
export function needsList(error: unknown): boolean {
  return error instanceof StatusError && [401, 403, 404, 410].includes(error.status);
}

/**
 * There was no answer: what fails in a socket or by a time limit carries a code, as does what was interrupted. So do
 * arguments that Node refuses, which nobody was asked with.
 */
export function isUnanswered(error: unknown): boolean {
  return error instanceof Error && 'code' in error && !String(error.code).startsWith('ERR_INVALID_');
}

/** How long an answer is waited for. */
type Patience = Pick<RequestContext, 'clock' | 'signal'>;

/** What requests of a reflector have in common. */
export interface RequestContext {
  readonly connection: Pick<Connection, 'get'>;
  readonly accept: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Small enough to parse without a pause that anybody notices, large enough for few round trips. */
const PAGE_SIZE = 500;

/** Bookmarks come about every minute; a watch without a byte for longer than this is given up. */
const SILENCE_MS = 90_000;

/**
 * Lists a collection whole, in pages of one consistent view, and gives its resourceVersion. Throws a StatusError, a
 * MalformedError or what the network threw; then the items seen so far mean nothing.
 */
export async function listAll(path: string, context: RequestContext, take: (item: Raw) => void): Promise<string> {
  let token = '';
  do {
    const next = token === '' ? '' : `&continue=${encodeURIComponent(token)}`;
    const page = await getJson(`${path}?limit=${PAGE_SIZE}${next}`, context);
    if (!Array.isArray(page.items)) throw new MalformedError('a list without items');
    for (const item of list(page.items)) take(record(item));
    const metadata = record(page.metadata);
    token = text(metadata.continue);
    if (token === '') return text(metadata.resourceVersion);
  } while (!context.signal.aborted);
  return '';
}

/** What a watch tells; a bookmark has only the version to go on from. */
export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK';
  readonly object: Raw;
}

/**
 * Watches a collection from a version on, for `seconds` at most; ends when the server ends it. `onOpen` is called when
 * the server has taken the watch. Throws as `listAll` does, and when nothing comes for a minute and a half.
 */
export async function* watchFrom(
  path: string,
  version: string,
  seconds: number,
  context: RequestContext,
  onOpen: () => void,
): AsyncGenerator<WatchEvent, void> {
  const query = `watch=true&allowWatchBookmarks=true&timeoutSeconds=${seconds}&resourceVersion=${encodeURIComponent(version)}`;
  const { body } = await ask(`${path}?${query}`, context);
  onOpen();
  for await (const event of readJsonLines(whileHeard(body, context))) yield toEvent(record(event));
}

/** GETs one object or anything else that is JSON. Throws as `listAll` does. */
export async function getJson(path: string, context: RequestContext): Promise<Raw> {
  return await readAnswer(await context.connection.get(path, context.accept, context.signal), context);
}

/** Reads an answer that is one JSON object. Throws as `listAll` does. */
export async function readAnswer(answer: Answer, context: Patience): Promise<Raw> {
  const { body } = await accepted(answer, context);
  return record(await readJson(whileHeard(body, context)));
}

async function ask(path: string, context: RequestContext): Promise<Answer> {
  return await accepted(await context.connection.get(path, context.accept, context.signal), context);
}

async function accepted(answer: Answer, context: Patience): Promise<Answer> {
  if (answer.status >= 200 && answer.status < 300) return answer;
  const status = await readJson(whileHeard(answer.body, context)).then(record, () => ({}) as Raw);
  throw new StatusError(answer.status, text(status.message), answer.retryAfter);
}

function toEvent({ type, object }: Raw): WatchEvent {
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
    case 'BOOKMARK':
      return { type, object: record(object) };
    case 'ERROR': {
      const { code, message } = record(object);
      throw new StatusError(typeof code === 'number' ? code : 500, text(message), undefined);
    }
    default:
      throw new MalformedError('an event of no known type');
  }
}

/** The chunks of a body; gives up when none comes for too long. */
async function* whileHeard(body: Answer['body'], { clock, signal }: Patience): AsyncGenerator<Buffer, void> {
  const done = new AbortController();
  const ended = AbortSignal.any([signal, done.signal]);
  let heardAt = clock.now();
  const watch = async () => {
    while (!ended.aborted) {
      const left = heardAt + SILENCE_MS - clock.now();
      if (left <= 0) body.destroy(new SilentServerError('The server fell silent.'));
      await clock.sleep(Math.max(left, 1), ended);
    }
  };
  void watch();
  try {
    for await (const chunk of body) {
      heardAt = clock.now();
      yield chunk;
    }
  } finally {
    done.abort();
    body.destroy();
  }
}
