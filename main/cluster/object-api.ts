import { systemClock } from './clock.ts';
import type { Call, Connection } from './connection.ts';
import { list, record, text } from './raw.ts';
import { readAnswer, StatusError } from './requests.ts';

/** Any object of the API, as JSON. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** An object as the API sends it: nothing about its fields is known. */
export type RawObject = Readonly<Record<string, unknown>>;

/** The owner of the fields that this program writes by server-side apply. */
const FIELD_MANAGER = 'cluster-hosts';

/**
 * Reads and writes single objects by their path (`/api/v1/namespaces/metallb-system`). All throw a StatusError, a
 * MalformedError or what the network threw.
 */
export class ObjectApi {
  readonly #connection: Pick<Connection, 'send'>;
  readonly #signal: AbortSignal;

  constructor(connection: Pick<Connection, 'send'>, signal: AbortSignal) {
    this.#connection = connection;
    this.#signal = signal;
  }

  /** `undefined` where there is no such object, or no such kind. */
  async get(path: string): Promise<RawObject | undefined> {
    return await orMissing(this.#ask({ method: 'GET', path, accept: JSON_TYPE }));
  }

  /** Empty where the kind is not there, `undefined` where it may not be read. `metadata`: nothing else of each. */
  async list(path: string, part: 'whole' | 'metadata' = 'whole'): Promise<readonly RawObject[] | undefined> {
    try {
      const accept = part === 'whole' ? JSON_TYPE : METADATA_TYPE;
      const answer = await orMissing(this.#ask({ method: 'GET', path, accept }));
      return list(answer?.items).map(record);
    } catch (error) {
      if (error instanceof StatusError && error.status === 403) return undefined;
      throw error;
    }
  }

  /** Server-side apply; what others set of the same fields is taken over. `collection` is the path without the name. */
  async apply(collection: string, object: KubeObject, options: { readonly dryRun?: boolean } = {}): Promise<RawObject> {
    const query = `fieldManager=${FIELD_MANAGER}&force=true${options.dryRun ? '&dryRun=All' : ''}`;
    const path = `${collection}/${object.metadata.name}?${query}`;
    return await this.#write('PATCH', path, object, 'application/apply-patch+yaml');
  }

  /** JSON merge patch (RFC 7386); a `resourceVersion` in it has to be the object's own. */
  async merge(path: string, patch: RawObject): Promise<RawObject> {
    return await this.#write('PATCH', `${path}?fieldManager=${FIELD_MANAGER}`, patch, 'application/merge-patch+json');
  }

  async create(collection: string, object: RawObject): Promise<RawObject> {
    return await this.#write('POST', `${collection}?fieldManager=${FIELD_MANAGER}`, object, JSON_TYPE);
  }

  /** `false` where it was not there. It may go later, when finalizers are done with it. */
  async remove(path: string): Promise<boolean> {
    const options = JSON.stringify({ propagationPolicy: 'Background' });
    const call = { method: 'DELETE', path, accept: JSON_TYPE, body: options, type: JSON_TYPE } as const;
    return (await orMissing(this.#ask(call))) !== undefined;
  }

  async #write(method: 'POST' | 'PATCH', path: string, body: unknown, type: string): Promise<RawObject> {
    return await this.#ask({ method, path, accept: JSON_TYPE, body: JSON.stringify(body), type });
  }

  /** A busy server (429) says when to ask again, and has done nothing: so it is with a kind that has just come. */
  async #ask(call: Call, tries = TRIES): Promise<RawObject> {
    try {
      const answer = await this.#connection.send(call, this.#signal);
      return await readAnswer(answer, { clock: systemClock, signal: this.#signal });
    } catch (error) {
      if (!(error instanceof StatusError && error.status === 429) || tries <= 1) throw error;
      await systemClock.sleep(Math.min(error.retryAfter ?? 1, LONGEST_PAUSE_S) * 1_000, this.#signal);
      return await this.#ask(call, tries - 1);
    }
  }
}

const TRIES = 5;
const LONGEST_PAUSE_S = 5;

const JSON_TYPE = 'application/json';
const METADATA_TYPE = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

async function orMissing(answer: Promise<RawObject>): Promise<RawObject | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StatusError && error.status === 404) return undefined;
    throw error;
  }
}

/** Labels of an object; what is no text is left out. */
export function labelsOf(object: RawObject | undefined): Readonly<Record<string, string>> {
  return texts(record(object?.metadata).labels);
}

/** Annotations of an object; what is no text is left out. */
export function annotationsOf(object: RawObject | undefined): Readonly<Record<string, string>> {
  return texts(record(object?.metadata).annotations);
}

function texts(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, each]) => (text(each) === '' ? [] : [[key, text(each)]])),
  );
}
