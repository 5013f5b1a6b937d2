import { isDeepStrictEqual } from 'node:util';
import type { ObjectName } from './objects.ts';
import { objectName, type Raw, record, text } from './raw.ts';

interface Held<T> {
  readonly version: string;
  readonly object: T;
}

/**
 * The objects of one kind, cut down to their fields. An object that says the same as before stays the same object, so
 * that what was worked out from it stays known; every method tells whether something else is said now.
 */
export class ObjectStore<T> {
  readonly #fields: (raw: Raw, name: ObjectName) => T;
  #held = new Map<string, Held<T>>();
  #listed = new Map<string, Held<T>>();
  #objects: readonly T[] | undefined;

  constructor(fields: (raw: Raw, name: ObjectName) => T) {
    this.#fields = fields;
  }

  /** In the order in which they came; the same list as long as nothing changes. */
  get objects(): readonly T[] {
    this.#objects ??= Array.from(this.#held.values(), ({ object }) => object);
    return this.#objects;
  }

  /** Starts a new list: nothing of it counts before `finishList`. */
  beginList(): void {
    this.#listed = new Map();
  }

  /** Takes an item of the new list. */
  addListed(raw: Raw): void {
    this.#take(this.#listed, raw);
  }

  /** The list is complete: what is not in it is gone. */
  finishList(): boolean {
    const before = this.#held;
    this.#held = this.#listed;
    this.#objects = undefined;
    this.#listed = new Map();
    return (
      before.size !== this.#held.size || [...this.#held].some(([key, { object }]) => before.get(key)?.object !== object)
    );
  }

  /** An object came or changed. */
  put(raw: Raw): boolean {
    const changed = this.#take(this.#held, raw);
    if (changed) this.#objects = undefined;
    return changed;
  }

  remove(raw: Raw): boolean {
    const name = objectName(raw);
    const removed = name !== undefined && this.#held.delete(keyOf(name));
    if (removed) this.#objects = undefined;
    return removed;
  }

  clear(): boolean {
    this.beginList();
    return this.finishList();
  }

  #take(into: Map<string, Held<T>>, raw: Raw): boolean {
    const name = objectName(raw);
    if (name === undefined) return false;
    const version = text(record(raw.metadata).resourceVersion);
    const known = this.#held.get(keyOf(name));
    if (known !== undefined && version !== '' && known.version === version) {
      into.set(keyOf(name), known);
      return false;
    }
    const object = this.#fields(raw, name);
    const same = known !== undefined && isDeepStrictEqual(known.object, object);
    into.set(keyOf(name), { version, object: same ? known.object : object });
    return !same;
  }
}

function keyOf({ namespace, name }: ObjectName): string {
  return `${namespace}/${name}`;
}
