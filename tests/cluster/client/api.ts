import http from 'node:http';
import https from 'node:https';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';

/** Any Kubernetes object, as JSON. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** A way to an API server: through a socket that asks for nothing, or over TLS with a token. */
export type Route =
  | { readonly socketPath: string }
  | { readonly host: string; readonly port: number; readonly ca: string; readonly token: string };

/** An answer other than 2xx. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** A plain client of the Kubernetes API that keeps its connections: for making many objects and for looking often. */
export class ApiClient {
  private readonly options: https.RequestOptions;
  private readonly send: typeof https.request;

  constructor(route: Route) {
    if ('socketPath' in route) {
      this.options = { ...route, agent: new http.Agent({ keepAlive: true }) };
      this.send = http.request;
    } else {
      const { token, ...server } = route;
      const headers = { authorization: `Bearer ${token}` };
      this.options = { ...server, headers, agent: new https.Agent({ keepAlive: true }) };
      this.send = https.request;
    }
  }

  /** Tries again as a busy server asks for it: a starting one does, while it fills its caches. */
  async request(method: string, path: string, body?: unknown, type = 'application/json'): Promise<unknown> {
    const bytes = body === undefined ? undefined : JSON.stringify(body);
    const headers = { ...this.options.headers, 'content-type': type };
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const request = this.send({ ...this.options, method, path, headers }, resolve);
      request.once('error', reject);
      request.setTimeout(20_000, () => request.destroy(new Error(`${method} ${path}: no answer`)));
      request.end(bytes);
    });
    const answer = await text(response);
    const status = response.statusCode ?? 0;
    if (status === 429 && response.headers['retry-after'] !== undefined) {
      await delay(Number(response.headers['retry-after']) * 1_000);
      return this.request(method, path, body, type);
    }
    if (status < 200 || status > 299) throw new ApiError(status, `${method} ${path}: ${status} ${messageOf(answer)}`);
    return answer.startsWith('{') ? JSON.parse(answer) : answer;
  }

  /** An object or a list; `T` says what the caller relies on. */
  async get<T>(path: string): Promise<T> {
    return (await this.request('GET', path)) as T;
  }

  async create(object: KubeObject): Promise<void> {
    await this.request('POST', collection(object), object);
  }

  async delete(object: KubeObject): Promise<void> {
    await this.request('DELETE', `${collection(object)}/${object.metadata.name}`);
  }

  async mergePatch(object: KubeObject, patch: unknown): Promise<void> {
    const path = `${collection(object)}/${object.metadata.name}`;
    await this.request('PATCH', path, patch, 'application/merge-patch+json');
  }

  /** Creates or deletes many, sixteen at a time; about a thousand in a second. */
  async each(verb: 'create' | 'delete', objects: readonly KubeObject[]): Promise<void> {
    const rest = objects.values();
    const lane = async (): Promise<void> => {
      for (const object of rest) await this[verb](object);
    };
    await Promise.all(Array.from({ length: 16 }, lane));
  }

  /** Lets go of kept connections, so that nothing holds the process open. */
  close(): void {
    const { agent } = this.options;
    if (agent instanceof http.Agent) agent.destroy();
  }
}

function messageOf(answer: string): string {
  try {
    return (JSON.parse(answer) as { message?: string }).message ?? answer;
  } catch {
    return answer.slice(0, 200);
  }
}

/** Where the objects of a kind live, by the plural that English and Kubernetes agree on for the kinds used here. */
function collection({ apiVersion, kind, metadata }: KubeObject): string {
  const lower = kind.toLowerCase();
  const plural = lower.endsWith('s') ? `${lower}es` : lower.endsWith('y') ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${group}${namespace}/${plural}`;
}
