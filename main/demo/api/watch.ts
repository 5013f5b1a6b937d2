import { selectorOf } from './reads.ts';
import { bookmarkObject, represent, type Shape, shapeOf } from './representation.ts';
import { type ApiRequest, isTrue } from './request.ts';
import { groupResource } from './resources.ts';
import type { Selector } from './selectors.ts';
import { StatusError } from './status-error.ts';
import type { Change, Store } from './store.ts';
import { type EventStream, errorEvent } from './stream.ts';

/** One watch: what happened since the version it asks for, then what happens, until its time is up. */
export class Watch {
  readonly #store: Store;
  readonly #request: ApiRequest;
  readonly #shape: Shape;
  readonly #selects: Selector;
  /** 0 when the caller names none: then everything there is comes first, as ADDED. */
  readonly #since: number;
  #stream: EventStream | undefined;
  #unsubscribe: (() => void) | undefined;
  #timers: NodeJS.Timeout[] = [];

  /** Throws 400 when the request makes no sense. */
  constructor(store: Store, request: ApiRequest) {
    this.#store = store;
    this.#request = request;
    this.#shape = shapeOf(request.accept);
    this.#selects = selectorOf(request);
    this.#since = Number(request.query.get('resourceVersion') ?? 0);
    if (!Number.isSafeInteger(this.#since)) throw new StatusError(400, 'resourceVersion: Invalid value');
  }

  /** `services`, `ingressroutes.traefik.io`. */
  get resource(): string {
    return groupResource(this.#request.resource);
  }

  /** Begins to send. A version that is too old ends it at once with an ERROR event, as a real server's watch cache does. */
  start(stream: EventStream, bookmarkIntervalMs: number): void {
    this.#stream = stream;
    try {
      for (const change of this.#backlog()) this.#send(change);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      stream.send(errorEvent(error));
      stream.end();
      return;
    }
    if (this.#asks('sendInitialEvents')) this.#sendBookmark({ 'k8s.io/initial-events-end': 'true' });
    this.#unsubscribe = this.#store.subscribe(this.resource, change => this.#send(change));
    this.#timers.push(setInterval(() => this.#sendBookmark(), bookmarkIntervalMs));
    const seconds = Number(this.#request.query.get('timeoutSeconds') ?? 0);
    if (seconds > 0) this.#timers.push(setTimeout(() => this.end(), seconds * 1000));
  }

  /** Ends the stream in order: with a bookmark, if those were asked for. */
  end(): void {
    this.#sendBookmark();
    this.#stream?.end();
    this.stop();
  }

  /** Lets go of store and timers. */
  stop(): void {
    this.#unsubscribe?.();
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  #backlog(): Change[] {
    const initial = this.#request.query.get('sendInitialEvents');
    if (initial === null ? this.#since > 0 : !isTrue(initial)) {
      return this.#since > 0 ? this.#store.changesSince(this.resource, this.#since) : [];
    }
    const version = this.#store.version;
    return this.#store.snapshot(this.resource).map(object => ({ type: 'ADDED', version, object, previous: undefined }));
  }

  #send(change: Change): void {
    const type = this.#seenAs(change);
    if (type) this.#stream?.send({ type, object: represent(this.#shape, this.#request.resource, change.object) });
  }

  /** With selectors, an object comes and goes as it begins and ceases to match. */
  #seenAs({ type, object, previous }: Change): Change['type'] | undefined {
    const before = previous !== undefined && this.#selects(previous);
    const after = type !== 'DELETED' && this.#selects(object);
    if (before) return after ? 'MODIFIED' : 'DELETED';
    return after ? 'ADDED' : undefined;
  }

  #sendBookmark(annotations?: Readonly<Record<string, string>>): void {
    if (!this.#asks('allowWatchBookmarks')) return;
    const version = String(this.#store.version);
    const object = bookmarkObject(this.#shape, this.#request.resource, version, annotations);
    this.#stream?.send({ type: 'BOOKMARK', object });
  }

  #asks(parameter: string): boolean {
    return isTrue(this.#request.query.get(parameter));
  }
}
