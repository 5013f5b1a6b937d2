import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CRDS, customResource, establishedStatus } from './custom-resources.ts';
import { items, keyOf, type Manifest, type StoredObject } from './objects.ts';
import { mergePatch } from './patch.ts';
import { apiVersionOf, BUILT_IN, groupResource, type Resource } from './resources.ts';
import { alreadyExists, notFound, StatusError } from './status-error.ts';
import { Store } from './store.ts';

/**
 * The simulated cluster itself, without a wire: what the API server, the controllers, the story and tests act on, and
 * whoever acts, watchers see it. Resources are named as kubectl names them: `services`, `ingressroutes.traefik.io`,
 * or the plural alone.
 */
export class DemoCluster {
  readonly store = new Store();

  /** Asked of each object that somebody is about to write over the wire, dry runs too; throws to refuse it. */
  admit: (write: Write) => void = () => undefined;

  /** What is served now: the built-in resources, and those of the definitions that exist. */
  resources(): Resource[] {
    return [...BUILT_IN, ...this.store.list(CRDS).flatMap(definition => customResource(definition) ?? [])];
  }

  /** The resource of a name. Throws 404 when it is not served. */
  resource(name: string): Resource {
    const found = this.#find(name);
    if (!found) throw new StatusError(404, `the server doesn't have a resource type "${name}"`);
    return found;
  }

  /** The resource of an object's kind; `undefined` when it is not served. */
  resourceOf({ apiVersion, kind }: Manifest): Resource | undefined {
    return this.resources().find(each => each.kind === kind && apiVersionOf(each) === apiVersion);
  }

  /** Objects in the order they were made; none when the resource is not served. `T` is taken on trust. */
  list<T extends StoredObject>(resource: string, namespace?: string): T[] {
    const served = this.#find(resource);
    const objects = served ? (this.store.list(groupResource(served)) as T[]) : [];
    return namespace === undefined ? objects : objects.filter(({ metadata }) => metadata.namespace === namespace);
  }

  /** An object, or `undefined`; `namespace` is `''` for a cluster-wide one. `T` is taken on trust. Throws 404 as `resource` does. */
  get<T extends StoredObject>(resource: string, namespace: string, name: string): T | undefined {
    return this.store.get(groupResource(this.resource(resource)), `${namespace}/${name}`) as T | undefined;
  }

  /**
   * Makes the object exactly this, and its namespace when missing; the namespace of nothing said is `default`. Without
   * a status the status stays as it is.
   */
  apply(manifest: Manifest): StoredObject {
    const resource = this.resourceOf(manifest);
    if (!resource) {
      throw new StatusError(404, `no matches for kind "${manifest.kind}" in version "${manifest.apiVersion}"`);
    }
    const placed = resource.namespaced
      ? { ...manifest, metadata: { namespace: 'default', ...manifest.metadata } }
      : manifest;
    const current = this.store.get(groupResource(resource), keyOf(placed));
    if (current)
      return this.replace(resource, current, 'status' in current ? { status: current.status, ...placed } : placed);
    const { namespace } = placed.metadata;
    if (namespace !== undefined && !this.get('namespaces', '', namespace)) {
      this.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
    }
    return this.create(resource, placed);
  }

  /** Changes an object by a JSON merge patch (RFC 7386: `null` removes a field). Throws 404. */
  patch(resource: string, namespace: string, name: string, patch: Readonly<Record<string, unknown>>): StoredObject {
    const current = this.get(resource, namespace, name);
    if (!current) throw notFound(this.resource(resource), name);
    return this.replace(this.resource(resource), current, mergePatch(current, patch) as Manifest);
  }

  /** Deletes an object, with everything inside if it is a namespace or a definition. Throws 404. */
  remove(resource: string, namespace: string, name: string): StoredObject {
    const current = this.get(resource, namespace, name);
    if (!current) throw notFound(this.resource(resource), name);
    return this.delete(this.resource(resource), current);
  }

  /** As POST does it. Throws 409 when the object exists, 404 when its namespace does not. A dry run stores nothing. */
  create(resource: Resource, manifest: Manifest, dryRun = false): StoredObject {
    const { namespace, name } = manifest.metadata;
    if (this.store.get(groupResource(resource), keyOf(manifest))) throw alreadyExists(resource, name);
    if (namespace !== undefined && !this.get('namespaces', '', namespace)) {
      throw notFound(this.resource('namespaces'), namespace);
    }
    const made: StoredObject = {
      ...manifest,
      metadata: {
        ...manifest.metadata,
        uid: randomUUID(),
        resourceVersion: '',
        generation: 1,
        creationTimestamp: now(),
      },
    };
    const object = { ...made, ...('status' in made ? {} : initialStatus(resource, made)) };
    return dryRun ? object : this.store.put(groupResource(resource), object);
  }

  /**
   * As PUT does it: identity stays, and the generation counts changes outside metadata and status. What was deleted
   * goes with its last finalizer.
   */
  replace(resource: Resource, current: StoredObject, next: Manifest, dryRun = false): StoredObject {
    const { uid, generation, creationTimestamp, resourceVersion, deletionTimestamp } = current.metadata;
    const intended = ({ metadata: _, status: __, ...rest }: Manifest) => rest;
    const object: StoredObject = {
      ...next,
      metadata: {
        ...next.metadata,
        uid,
        resourceVersion,
        generation: isDeepStrictEqual(intended(current), intended(next)) ? generation : generation + 1,
        creationTimestamp,
        ...(deletionTimestamp !== undefined && { deletionTimestamp }),
      },
    };
    if (dryRun) return object;
    const isReleased = deletionTimestamp !== undefined && items(object.metadata.finalizers).length === 0;
    return isReleased ? this.#erase(resource, object) : this.store.put(groupResource(resource), object);
  }

  /**
   * As DELETE does it, with everything inside if it is a namespace or a definition. Finalizers hold up only the
   * deletion of their own object.
   */
  delete(resource: Resource, object: StoredObject): StoredObject {
    if (items(object.metadata.finalizers).length === 0) return this.#erase(resource, object);
    const metadata = { ...object.metadata, deletionTimestamp: object.metadata.deletionTimestamp ?? now() };
    return this.store.put(groupResource(resource), { ...object, metadata });
  }

  #erase(resource: Resource, object: StoredObject): StoredObject {
    const { name } = object.metadata;
    if (groupResource(resource) === 'namespaces') {
      for (const inside of this.resources()) {
        for (const each of this.list(groupResource(inside), name)) this.#erase(inside, each);
      }
    }
    if (groupResource(resource) === CRDS) {
      for (const each of this.list(name)) this.store.delete(name, each);
    }
    return this.store.delete(groupResource(resource), object);
  }

  #find(name: string): Resource | undefined {
    const served = this.resources();
    return served.find(each => groupResource(each) === name) ?? served.find(({ plural }) => plural === name);
  }
}

/** What a caller of the API wants to make of an object. */
export interface Write {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly resource: Resource;
  readonly object: Manifest;
}

/** What the API server itself says of a new object. */
function initialStatus(resource: Resource, object: StoredObject): { readonly status?: unknown } {
  switch (groupResource(resource)) {
    case CRDS:
      return { status: establishedStatus(object) };
    case 'namespaces':
      return { status: { phase: 'Active' } };
    default:
      return {};
  }
}

/** Kubernetes' time format: RFC 3339 in whole seconds. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
