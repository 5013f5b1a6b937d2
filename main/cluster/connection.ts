import type { IncomingMessage } from 'node:http';
import { Agent, request as sendRequest } from 'node:https';
import type { Access } from './authenticate.ts';

/** Gives the access to use; what a server refused with 401 is handed back (see `Authenticator`). */
export interface AccessSource {
  access(refused?: Access): Promise<Access>;
}

/** An answer's head; `body` must be read or destroyed, else its connection stays taken. */
export interface Answer {
  readonly status: number;
  /** Seconds, from Retry-After; `undefined` where the server did not say. */
  readonly retryAfter: number | undefined;
  readonly body: IncomingMessage;
}

/** The server took the connection and then said nothing. */
export class SilentServerError extends Error {
  readonly code = 'ETIMEDOUT';
}

/** How long an API server may take to begin its answer; lists of thousands begin within a second. */
const ANSWER_MS = 15_000;

/** One request to the API; `body` is sent as it is, with its `type`. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly accept: string;
  readonly body?: string;
  readonly type?: string;
}

/**
 * One pool of connections to one API server, which all lists and watches of a cluster share. TLS sessions are resumed
 * by the agent; a change of the login's certificate starts a new pool.
 */
export class Connection {
  readonly #login: AccessSource;
  readonly #patienceMs: number;
  #pool: { readonly tls: Access['tls']; readonly agent: Agent } | undefined;

  constructor(login: AccessSource, patienceMs = ANSWER_MS) {
    this.#login = login;
    this.#patienceMs = patienceMs;
  }

  /** GETs a path of the API. */
  get(path: string, accept: string, signal: AbortSignal): Promise<Answer> {
    return this.send({ method: 'GET', path, accept }, signal);
  }

  /** A 401, which comes before anything is done, is tried once more with a renewed login. Throws what the network threw. */
  async send(call: Call, signal: AbortSignal): Promise<Answer> {
    const access = await this.#login.access();
    const answer = await this.#send(access, call, signal);
    if (answer.status !== 401) return answer;
    const renewed = await this.#login.access(access).catch((error: unknown) => {
      answer.body.destroy();
      throw error;
    });
    if (renewed === access) return answer;
    answer.body.destroy();
    return await this.#send(renewed, call, signal);
  }

  close(): void {
    this.#pool?.agent.destroy();
    this.#pool = undefined;
  }

  #send(access: Access, { method, path, accept, body, type = '' }: Call, signal: AbortSignal): Promise<Answer> {
    const url = new URL(access.server);
    const base = url.pathname.replace(/\/$/, '');
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const request = sendRequest(`${url.origin}${base}${path}`, {
      method,
      agent: access.agent ?? this.#agentFor(access.tls),
      headers: {
        ...access.headers,
        Accept: accept,
        'User-Agent': 'cluster-hosts',
        ...(body !== undefined && { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) }),
      },
      signal,
    });
    const silence = setTimeout(
      () => request.destroy(new SilentServerError('The server does not answer.')),
      this.#patienceMs,
    );
    request.on('response', answer => {
      clearTimeout(silence);
      resolve({ status: answer.statusCode ?? 0, retryAfter: secondsIn(answer.headers['retry-after']), body: answer });
    });
    request.on('error', error => {
      // A server that has gone away, or restarted, is noticed only by what is sent next on a connection that was kept.
      const isStale = request.reusedSocket && Reflect.get(error, 'code') === 'ECONNRESET' && method === 'GET';
      if (isStale && !signal.aborted) resolve(this.#send(access, { method, path, accept }, signal));
      else reject(error);
    });
    request.on('close', () => clearTimeout(silence));
    request.end(body);
    return promise;
  }

  #agentFor(tls: Access['tls']): Agent {
    if (this.#pool?.tls !== tls) {
      this.close();
      this.#pool = { tls, agent: new Agent({ ...tls, keepAlive: true, keepAliveMsecs: 30_000, scheduling: 'fifo' }) };
    }
    return this.#pool.agent;
  }
}

/** Retry-After in its number form; as a date it does not come from API servers. */
function secondsIn(header: string | undefined): number | undefined {
  return header !== undefined && /^[0-9]{1,6}$/.test(header) ? Number(header) : undefined;
}
