import type { StoredObject } from './objects.ts';

/** `metadata` of a list; `continue` and `remainingItemCount` only where more pages follow. */
export interface ListMetadata {
  readonly resourceVersion: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** An object reduced to its metadata. */
export function metadataOf({ metadata }: StoredObject): unknown {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}
