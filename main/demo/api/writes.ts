import { parseBody, readDeleteOptions, readManifest } from './body.ts';
import type { DemoCluster } from './cluster.ts';
import { items, type Manifest, type StoredObject } from './objects.ts';
import { jsonPatch, mergePatch } from './patch.ts';
import { currentObject, selectedAt } from './reads.ts';
import { represent, representList, shapeOf } from './representation.ts';
import type { Answer, ApiRequest } from './request.ts';
import { groupResource } from './resources.ts';
import { conflict, detailsOf, StatusError } from './status-error.ts';

/** POST: a new object. */
export function createObject(cluster: DemoCluster, request: ApiRequest): Answer {
  const manifest = divide(request, readManifest(request, parseBody(request)), undefined);
  cluster.admit({ operation: 'CREATE', resource: request.resource, object: manifest });
  return { code: 201, body: shown(request, cluster.create(request.resource, manifest, isDryRun(request))) };
}

/** PUT: another content for an object, or for its status. Throws 409 when the caller has seen an older one. */
export function updateObject(cluster: DemoCluster, request: ApiRequest): Answer {
  return update(cluster, request, parseBody(request));
}

/** PATCH of all four kinds. Server-side apply makes the object where there is none; it owns all and remembers nothing. */
export function patchObject(cluster: DemoCluster, request: ApiRequest): Answer {
  const { resource, namespace, name } = request;
  const isThere = cluster.store.get(groupResource(resource), `${namespace}/${name}`) !== undefined;
  switch (request.contentType) {
    case 'application/apply-patch+yaml':
      if (!isThere) return createObject(cluster, request);
      return update(cluster, request, mergePatch(currentObject(cluster, request), parseBody(request)));
    case 'application/merge-patch+json':
    case 'application/strategic-merge-patch+json':
      return update(cluster, request, mergePatch(currentObject(cluster, request), parseBody(request)));
    case 'application/json-patch+json':
      return update(cluster, request, jsonPatch(currentObject(cluster, request), parseBody(request)));
    default:
      throw new StatusError(415);
  }
}

/**
 * DELETE of one object: answers with the object where finalizers hold it. Preconditions are checked; propagation is
 * not known here.
 */
export function deleteObject(cluster: DemoCluster, request: ApiRequest): Answer {
  const { resource, name } = request;
  const object = currentObject(cluster, request);
  const { uid, resourceVersion } = readDeleteOptions(request).preconditions ?? {};
  if (differs(uid, object.metadata.uid) || differs(resourceVersion, object.metadata.resourceVersion)) {
    throw conflict(resource, name);
  }
  const left = isDryRun(request) ? object : cluster.delete(resource, object);
  if (items(left.metadata.finalizers).length > 0) return { code: 200, body: shown(request, left) };
  const details = { ...detailsOf(resource, name), uid: object.metadata.uid };
  return { code: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details } };
}

/** DELETE of a collection, as far as the selectors go: answers with what it deleted. */
export function deleteCollection(cluster: DemoCluster, request: ApiRequest): Answer {
  const objects = selectedAt(cluster, request);
  if (!isDryRun(request)) for (const object of objects) cluster.delete(request.resource, object);
  const metadata = { resourceVersion: String(cluster.store.version) };
  return { code: 200, body: representList('object', request.resource, metadata, objects) };
}

function update(cluster: DemoCluster, request: ApiRequest, body: unknown): Answer {
  const current = currentObject(cluster, request);
  const next = readManifest(request, body);
  const { resourceVersion, uid } = next.metadata;
  if (differs(uid, current.metadata.uid) || differs(resourceVersion, current.metadata.resourceVersion)) {
    throw conflict(request.resource, request.name);
  }
  const divided = divide(request, next, current);
  if (request.subresource === '') {
    cluster.admit({ operation: 'UPDATE', resource: request.resource, object: divided });
  }
  const object = cluster.replace(request.resource, current, divided, isDryRun(request));
  return { code: 200, body: shown(request, object) };
}

/** Where the status has an endpoint of its own, that one writes nothing else and no other writes it. */
function divide({ resource, subresource }: ApiRequest, next: Manifest, current: StoredObject | undefined): Manifest {
  if (current && subresource === 'status') return { ...current, status: next.status };
  if (!resource.hasStatus) return next;
  const { apiVersion, kind, metadata, status: _, ...rest } = next;
  return { apiVersion, kind, metadata, ...rest, ...(current && 'status' in current && { status: current.status }) };
}

/** Whether a caller named something, and it is not this. */
function differs(named: unknown, actual: string): boolean {
  return named !== undefined && named !== '' && named !== actual;
}

function shown(request: ApiRequest, object: StoredObject): unknown {
  return represent(shapeOf(request.accept), request.resource, object);
}

function isDryRun(request: ApiRequest): boolean {
  if (request.query.get('dryRun') === 'All') return true;
  return request.verb === 'delete' && readDeleteOptions(request).dryRun?.includes('All') === true;
}
