import { backoff } from './backoff.ts';
import { ObjectStore } from './object-store.ts';
import type { KindState } from './objects.ts';
import { record, text } from './raw.ts';
import type { ReflectorOptions, ReflectorStatus } from './reflector-options.ts';
import {
  isGone,
  listAll,
  needsList,
  type RequestContext,
  StatusError,
  type WatchEvent,
  watchFrom,
} from './requests.ts';

/** A watch is asked to end after four to five minutes, so that a half-open connection does not live for ever. */
const WATCH_SECONDS = 240;

/** Even a watch that looks well is not believed for ever. */
const RELIST_MS = 10 * 60_000;

/** What is forbidden or absent is looked at again now and then; `wake` comes earlier where somebody knows better. */
const RETRY_MS = 60_000;

/** After this long without a failure, the next one is a first one. */
const WELL_MS = 60_000;

/**
 * Keeps the objects of one kind as the API server has them: lists them whole, then watches, for ever. What it holds is
 * never less than the last complete list and what was watched since: a broken connection makes it stale, not empty.
 */
export class Reflector<T> {
  readonly #options: ReflectorOptions<T>;
  readonly #store: ObjectStore<T>;
  readonly #paths: readonly string[];
  #status: ReflectorStatus = { state: 'starting', failure: undefined };
  #path: string;
  #version = '';
  #heardAt: number | undefined;
  #run: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  #waiting: AbortController | undefined;

  constructor(options: ReflectorOptions<T>) {
    const { info, namespace } = options;
    this.#options = options;
    this.#store = new ObjectStore(info.fields);
    this.#paths = info.groups.map(
      group => `/${group}${namespace === '' ? '' : `/namespaces/${namespace}`}/${info.plural}`,
    );
    this.#path = this.#paths[0] ?? '';
  }

  get status(): ReflectorStatus {
    return this.#status;
  }

  /** When the server said something last, by the clock. */
  get heardAt(): number | undefined {
    return this.#heardAt;
  }

  get objects(): readonly T[] {
    return this.#store.objects;
  }

  start(): void {
    if (this.#run !== undefined) return;
    const stop = new AbortController();
    this.#run = { stop, done: this.#keepUp(stop.signal) };
  }

  /** Ends in any state; when it is done nothing changes any more. */
  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.stop.abort();
    await run?.done;
  }

  /** Tries again now, if it is waiting to. */
  wake(): void {
    this.#waiting?.abort();
  }

  async #keepUp(signal: AbortSignal): Promise<void> {
    const { clock, connection, accept = 'application/json' } = this.#options;
    const context = { connection, accept, clock, signal };
    let failures = 0;
    while (!signal.aborted) {
      const startedAt = clock.now();
      try {
        await this.#list(context);
        await this.#watchUntilRelist(context);
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures = clock.now() - startedAt > WELL_MS ? 1 : failures + 1;
        await this.#wait(this.#listFailed(error, failures), signal);
      }
    }
  }

  async #list(context: RequestContext): Promise<void> {
    this.#store.beginList();
    const version = await listAll(this.#path, context, item => this.#store.addListed(item));
    if (context.signal.aborted) return;
    this.#version = version;
    this.#heardAt = context.clock.now();
    this.#set('live', undefined, this.#store.finishList());
  }

  /** Gives what is next after a failed list: how long to wait. Of several versions of a kind the next is tried at once. */
  #listFailed(error: unknown, failures: number): number {
    if (isGone(error) && failures === 1) return 0;
    const { status = 0, retryAfter } = error instanceof StatusError ? error : {};
    if (status === 404) {
      const next = this.#paths[this.#paths.indexOf(this.#path) + 1];
      this.#path = next ?? this.#paths[0] ?? '';
      if (next !== undefined) return 0;
      this.#set('absent', error, this.#store.clear());
      return this.#retryLater();
    }
    if (status === 403) {
      this.#set('forbidden', error, false);
      return this.#retryLater();
    }
    const { state } = this.#status;
    this.#set(state === 'live' ? 'stale' : state, error, false);
    return backoff(failures, retryAfter, this.#options.random);
  }

  /** Watches, again and again, until it is time for a new list. Throws where only a new list can tell what is wrong. */
  async #watchUntilRelist(context: RequestContext): Promise<void> {
    const { clock, random } = this.#options;
    const relistAt = clock.now() + RELIST_MS * (0.9 + 0.2 * random());
    let failures = 0;
    while (!context.signal.aborted && clock.now() < relistAt) {
      const startedAt = clock.now();
      let retryAfter: number | undefined;
      try {
        await this.#watch(context);
        // A watch that ends as soon as it begins is as bad as one that fails.
        failures = clock.now() - startedAt < 1000 ? failures + 1 : 0;
      } catch (error) {
        if (context.signal.aborted || needsList(error)) throw error;
        if (error instanceof StatusError) retryAfter = error.retryAfter;
        failures = clock.now() - startedAt > WELL_MS ? 1 : failures + 1;
        // One break is no outage: connections end.
        if (failures > 1) this.#set('stale', error, false);
      }
      if (failures > 0) await this.#wait(backoff(failures, retryAfter, random), context.signal);
    }
  }

  async #watch(context: RequestContext): Promise<void> {
    const seconds = WATCH_SECONDS + Math.floor(60 * this.#options.random());
    const onOpen = () => {
      this.#heardAt = context.clock.now();
      this.#set('live', undefined, false);
    };
    for await (const event of watchFrom(this.#path, this.#version, seconds, context, onOpen)) {
      if (context.signal.aborted) return;
      this.#heardAt = context.clock.now();
      if (this.#apply(event)) this.#options.onChange();
      this.#version = text(record(event.object.metadata).resourceVersion) || this.#version;
    }
  }

  #apply({ type, object }: WatchEvent): boolean {
    switch (type) {
      case 'ADDED':
      case 'MODIFIED':
        return this.#store.put(object);
      case 'DELETED':
        return this.#store.remove(object);
      case 'BOOKMARK':
        return false;
    }
  }

  #set(state: KindState, failure: unknown, objectsChanged: boolean): void {
    const changed = objectsChanged || state !== this.#status.state;
    this.#status = { state, failure };
    if (changed || (failure !== undefined && state === 'starting')) this.#options.onChange();
  }

  #retryLater(): number {
    return RETRY_MS * (0.75 + 0.5 * this.#options.random());
  }

  async #wait(ms: number, signal: AbortSignal): Promise<void> {
    if (ms <= 0) return;
    this.#waiting = new AbortController();
    await this.#options.clock.sleep(ms, AbortSignal.any([signal, this.#waiting.signal]));
    this.#waiting = undefined;
  }
}
