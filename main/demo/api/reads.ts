import type { DemoCluster } from './cluster.ts';
import type { ListMetadata } from './metadata.ts';
import { keyOf, type StoredObject } from './objects.ts';
import { represent, representList, shapeOf } from './representation.ts';
import type { Answer, ApiRequest } from './request.ts';
import { groupResource } from './resources.ts';
import { hasSelectors, parseSelectors, type Selector } from './selectors.ts';
import { notFound, StatusError } from './status-error.ts';

/** GET of one object. Throws 404. */
export function getObject(cluster: DemoCluster, request: ApiRequest): Answer {
  return { code: 200, body: represent(shapeOf(request.accept), request.resource, currentObject(cluster, request)) };
}

/** The object that a request names, as it is stored. Throws 404. */
export function currentObject(cluster: DemoCluster, { resource, namespace, name }: ApiRequest): StoredObject {
  const object = cluster.store.get(groupResource(resource), `${namespace}/${name}`);
  if (!object) throw notFound(resource, name);
  return object;
}

/** GET of a collection: all of it, or a page with the token for the next; every page shows the version of the first. */
export function listObjects(cluster: DemoCluster, request: ApiRequest): Answer {
  const { resource, query } = request;
  const limit = Number(query.get('limit') ?? 0);
  const page = readContinue(query.get('continue'), cluster.store.version);
  const rest = selectedAt(cluster, request, page.version).filter(object => keyOf(object) > page.after);
  const shown = limit > 0 ? rest.slice(0, limit) : rest;
  const last = shown.at(-1);
  const metadata: ListMetadata = {
    resourceVersion: String(page.version),
    ...(last &&
      shown.length < rest.length && {
        continue: writeContinue({ version: page.version, after: keyOf(last) }),
        // The API server does not count what it would have to filter first.
        ...(!hasSelectors(query) && { remainingItemCount: rest.length - shown.length }),
      }),
  };
  return { code: 200, body: representList(shapeOf(request.accept), resource, metadata, shown) };
}

/** The objects that a request for a collection means, by namespace and selectors, as they were at a version. Throws 410. */
export function selectedAt(cluster: DemoCluster, request: ApiRequest, version = cluster.store.version): StoredObject[] {
  return cluster.store.snapshot(groupResource(request.resource), version).filter(selectorOf(request));
}

/** Which objects a request for a collection means. Throws 400. */
export function selectorOf({ resource, namespace, query }: ApiRequest): Selector {
  const selects = parseSelectors(resource, query);
  return object => (namespace === '' || object.metadata.namespace === namespace) && selects(object);
}

interface Page {
  readonly version: number;
  /** The key of the last object of the page before; `''` on the first. */
  readonly after: string;
}

function writeContinue(page: Page): string {
  return Buffer.from(JSON.stringify(page)).toString('base64url');
}

function readContinue(token: string | null, version: number): Page {
  if (!token) return { version, after: '' };
  try {
    const page = JSON.parse(Buffer.from(token, 'base64url').toString()) as Page;
    if (Number.isSafeInteger(page.version) && typeof page.after === 'string') return page;
  } catch {
    // Told below, as any token that is not ours.
  }
  throw new StatusError(400, 'continue key is not valid');
}
