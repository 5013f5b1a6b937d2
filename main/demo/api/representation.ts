import { type ListMetadata, metadataOf } from './metadata.ts';
import type { StoredObject } from './objects.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import { toTable } from './table.ts';

/** How a caller wants objects: whole, their metadata only, or as rows to print. */
export type Shape = 'object' | 'metadata' | 'table';

/** The first shape of an Accept header that can be given as JSON; whoever asks for protobuf alone gets JSON too. */
export function shapeOf(accept: string): Shape {
  for (const type of accept.split(',').map(each => each.trim())) {
    if (!/^(application\/json|application\/\*|\*\/\*)/.test(type)) continue;
    if (type.includes('as=Table')) return 'table';
    if (type.includes('as=PartialObjectMetadata')) return 'metadata';
    if (!type.includes('as=')) return 'object';
  }
  return 'object';
}

/** One object in a shape. */
export function represent(shape: Shape, resource: Resource, object: StoredObject): unknown {
  switch (shape) {
    case 'object':
      return object;
    case 'metadata':
      return metadataOf(object);
    case 'table':
      return toTable(resource, { resourceVersion: object.metadata.resourceVersion }, [object]);
  }
}

/** A list in a shape. As from a real server, items of built-in kinds do not repeat their apiVersion and kind. */
export function representList(
  shape: Shape,
  resource: Resource,
  metadata: ListMetadata,
  objects: readonly StoredObject[],
): unknown {
  switch (shape) {
    case 'object': {
      const items = resource.custom ? objects : objects.map(({ apiVersion: _, kind: __, ...item }) => item);
      return { kind: `${resource.kind}List`, apiVersion: apiVersionOf(resource), metadata, items };
    }
    case 'metadata': {
      const items = objects.map(metadataOf);
      return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata, items };
    }
    case 'table':
      return toTable(resource, metadata, objects);
  }
}

/** What a bookmark of a watch carries: nothing but the version, and perhaps an annotation. */
export function bookmarkObject(
  shape: Shape,
  resource: Resource,
  resourceVersion: string,
  annotations?: Readonly<Record<string, string>>,
): unknown {
  if (shape === 'table') return toTable(resource, { resourceVersion }, []);
  const metadata = { resourceVersion, creationTimestamp: null, ...(annotations && { annotations }) };
  return shape === 'metadata'
    ? { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata }
    : { kind: resource.kind, apiVersion: apiVersionOf(resource), metadata };
}
