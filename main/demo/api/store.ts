import { isDeepStrictEqual } from 'node:util';
import { keyOf, type StoredObject } from './objects.ts';
import { StatusError } from './status-error.ts';

/** One thing that happened to an object. `object` of a deletion is its last state with the deletion's version. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly version: number;
  readonly object: StoredObject;
  /** The object before; `undefined` when it was added. */
  readonly previous: StoredObject | undefined;
}

interface Table {
  readonly objects: Map<string, StoredObject>;
  readonly changes: Change[];
  readonly listeners: Set<(change: Change) => void>;
  /** The newest version whose change is forgotten: what follows it is all in `changes`. */
  compacted: number;
}

/** Changes kept per table, as an API server's watch cache keeps some minutes of them. */
const HISTORY = 1000;

/**
 * All objects of the cluster, in one table per resource, with one counter of versions for all of them. Tables are
 * named as `groupResource` names them and need no announcement: an unknown one is empty.
 */
export class Store {
  #version = 0;
  #compacted = 0;
  readonly #tables = new Map<string, Table>();

  /** The version of the last change. */
  get version(): number {
    return this.#version;
  }

  /** Objects of a table, oldest first. */
  list(table: string): StoredObject[] {
    return [...this.#table(table).objects.values()];
  }

  get(table: string, key: string): StoredObject | undefined {
    return this.#table(table).objects.get(key);
  }

  /** Adds or replaces; without any difference nothing happens and the version stays, as in etcd behind the API server. */
  put(table: string, object: StoredObject): StoredObject {
    const previous = this.get(table, keyOf(object));
    if (previous && isDeepStrictEqual(withVersion(object, previous.metadata.resourceVersion), previous))
      return previous;
    return this.#record(table, previous ? 'MODIFIED' : 'ADDED', object, previous);
  }

  delete(table: string, object: StoredObject): StoredObject {
    return this.#record(table, 'DELETED', object, this.get(table, keyOf(object)));
  }

  /** Every change after a version. Throws 410 when some of them are forgotten. */
  changesSince(table: string, version: number): Change[] {
    const { changes, compacted } = this.#table(table);
    if (version < compacted) throw new StatusError(410, `too old resource version: ${version} (${this.#version})`);
    return changes.filter(change => change.version > version);
  }

  /** Objects of a table as they were at a version, in the API server's order. Throws 410 when that is forgotten. */
  snapshot(table: string, version = this.#version): StoredObject[] {
    const objects = new Map(this.#table(table).objects);
    for (const { object, previous } of this.changesSince(table, version).toReversed()) {
      if (previous) objects.set(keyOf(object), previous);
      else objects.delete(keyOf(object));
    }
    return [...objects].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
  }

  /** Calls `listener` after each change of a table, until the function that it returns is called. */
  subscribe(table: string, listener: (change: Change) => void): () => void {
    const { listeners } = this.#table(table);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Forgets all history, as etcd does every five minutes: whoever comes with an older version gets 410. */
  compact(): void {
    this.#compacted = this.#version;
    for (const table of this.#tables.values()) {
      table.changes.length = 0;
      table.compacted = this.#version;
    }
  }

  #record(name: string, type: Change['type'], given: StoredObject, previous: StoredObject | undefined): StoredObject {
    const table = this.#table(name);
    const version = ++this.#version;
    const object = withVersion(given, String(version));
    if (type === 'DELETED') table.objects.delete(keyOf(object));
    else table.objects.set(keyOf(object), object);
    const change = { type, version, object, previous };
    table.changes.push(change);
    if (table.changes.length > HISTORY) table.compacted = table.changes.shift()?.version ?? version;
    for (const listener of [...table.listeners]) listener(change);
    return object;
  }

  #table(name: string): Table {
    let table = this.#tables.get(name);
    if (!table) {
      table = { objects: new Map(), changes: [], listeners: new Set(), compacted: this.#compacted };
      this.#tables.set(name, table);
    }
    return table;
  }
}

function withVersion(object: StoredObject, resourceVersion: string): StoredObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}
