import { isRecord, type Manifest } from './objects.ts';
import type { ApiRequest, Call } from './request.ts';
import { apiVersionOf, groupResource } from './resources.ts';
import { detailsOf, StatusError } from './status-error.ts';

/** The fields of DeleteOptions that the demo honours. */
export interface DeleteOptions {
  readonly dryRun?: readonly string[];
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
}

const OBJECT_NAME = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * The body as JSON, which kubectl sends for server-side apply too, though its media type says YAML. Throws 415 for
 * protobuf, which needs the schema of each kind, and 400 for other texts.
 */
export function parseBody({ body, contentType }: Call): unknown {
  if (contentType.includes('protobuf')) throw new StatusError(415);
  try {
    return JSON.parse(body);
  } catch {
    throw new StatusError(400, 'the body of the request is not JSON');
  }
}

/** DELETE's body; all of it is optional. */
export function readDeleteOptions(request: ApiRequest): DeleteOptions {
  const options = request.body === '' ? {} : parseBody(request);
  return isRecord(options) ? options : {};
}

/** A body as an object that fits the path it was sent to. Throws 400 when it does not, 422 when the object is malformed. */
export function readManifest(request: ApiRequest, body: unknown): Manifest {
  const { resource } = request;
  const { apiVersion = apiVersionOf(resource), kind = resource.kind, metadata, ...rest } = isRecord(body) ? body : {};
  if (apiVersion !== apiVersionOf(resource) || kind !== resource.kind) {
    throw new StatusError(400, `${kind} in version "${apiVersion}" cannot be handled as a ${resource.kind}`);
  }
  const { name, namespace = request.namespace, ...others } = isRecord(metadata) ? metadata : {};
  if (namespace !== request.namespace || (request.name !== '' && name !== request.name)) {
    throw new StatusError(400, 'the name or namespace of the object does not match the one in the URL');
  }
  const problem = problemOf(name, others);
  if (typeof name !== 'string' || problem !== undefined) {
    const message = `${resource.kind}.${groupResource(resource)} ${JSON.stringify(name ?? '')} is invalid: ${problem}`;
    throw new StatusError(422, message, detailsOf(resource, String(name ?? '')));
  }
  const placed = resource.namespaced ? { name, namespace: request.namespace } : { name };
  return { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata: { ...others, ...placed }, ...rest };
}

function problemOf(name: unknown, { labels, annotations }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof name !== 'string') return 'metadata.name: Required value: name or generateName is required';
  if (!OBJECT_NAME.test(name)) return 'metadata.name: Invalid value: a lowercase RFC 1123 subdomain is required';
  return isTextMap(labels) && isTextMap(annotations) ? undefined : 'metadata: labels and annotations are texts';
}

function isTextMap(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return isRecord(value) && Object.values(value).every(each => typeof each === 'string');
}
