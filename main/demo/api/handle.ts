import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { DemoCluster } from './cluster.ts';
import type { Fault, Faults, Target } from './faults.ts';
import { ACCESS_REVIEW_PATH, answerOther } from './other.ts';
import { getObject, listObjects } from './reads.ts';
import { type Answer, type ApiRequest, parseResourcePath, resourceAt, type Verb, verbOf } from './request.ts';
import { groupResource } from './resources.ts';
import { StatusError } from './status-error.ts';
import { openStream, sendAnswer } from './stream.ts';
import type { Traffic } from './traffic.ts';
import { Watch } from './watch.ts';
import { createObject, deleteCollection, deleteObject, patchObject, updateObject } from './writes.ts';

/** What a call is served with. */
export interface Context {
  readonly cluster: DemoCluster;
  readonly faults: Faults;
  readonly traffic: Traffic;
  readonly token: string;
  readonly version: Readonly<Record<string, string>>;
  readonly bookmarkIntervalMs: number;
  /** Told of each watch that begins, so that the server can end it. */
  readonly watchOpened: (watch: Watch, response: ServerResponse) => void;
}

const HANDLERS: Readonly<Record<Exclude<Verb, 'watch'>, (cluster: DemoCluster, request: ApiRequest) => Answer>> = {
  get: getObject,
  list: listObjects,
  create: createObject,
  update: updateObject,
  patch: patchObject,
  delete: deleteObject,
  deletecollection: deleteCollection,
};

/** Serves one call, from the path to the last byte; whatever goes wrong becomes a Status. */
export async function handle(context: Context, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await serve(context, incoming, response);
  } catch (error) {
    const failure = error instanceof StatusError ? error : new StatusError(500, `Internal error occurred: ${error}`);
    const { retryAfterSeconds } = failure.details ?? {};
    const headers = retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) };
    sendAnswer(response, { code: failure.code, body: failure.toStatus(), headers });
  }
}

async function serve(context: Context, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { cluster, faults } = context;
  const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'https://demo');
  const path = parseResourcePath(pathname);
  const verb = verbOf(incoming.method ?? '', path, query);
  context.traffic.note(verb, pathname);
  if (incoming.headers.authorization !== `Bearer ${context.token}`) throw new StatusError(401);
  const target = { group: path?.group ?? '', plural: path?.plural ?? '', verb, isContinued: query.has('continue') };
  const fault = faults.take(target);
  if (fault?.kind === 'hang') return;
  failAsTold(fault, target);
  const { accept = '', 'content-type': type = '' } = incoming.headers;
  const call = { verb, pathname, query, accept, contentType: type.split(';')[0] ?? '', body: await text(incoming) };
  if (path === undefined || pathname === ACCESS_REVIEW_PATH) {
    sendAnswer(response, answerOther(context, call), fault);
    return;
  }
  const request = { ...call, ...path, resource: resourceAt(cluster, path) };
  if (verb === 'watch') serveWatch(context, request, response, fault);
  else sendAnswer(response, HANDLERS[verb](cluster, request), fault, request.resource);
}

function failAsTold(fault: Fault | undefined, { group, plural, verb }: Target): void {
  if (fault?.kind === 'expired-continue') {
    throw new StatusError(410, 'The provided continue parameter is too old to display a consistent list result.');
  }
  if (fault?.kind !== 'answer') return;
  const { code, message, retryAfterSeconds } = fault;
  const details = retryAfterSeconds === undefined ? undefined : { retryAfterSeconds };
  const forbidden = `${groupResource({ group, plural })} is forbidden: User "demo" cannot ${verb} resource "${plural}" in API group "${group}"`;
  throw new StatusError(code, message ?? (code === 403 ? forbidden : undefined), details);
}

function serveWatch(context: Context, request: ApiRequest, response: ServerResponse, fault: Fault | undefined): void {
  const watch = new Watch(context.cluster.store, request);
  response.on('close', () => watch.stop());
  context.watchOpened(watch, response);
  watch.start(openStream(response, request.resource, fault), context.bookmarkIntervalMs);
}
