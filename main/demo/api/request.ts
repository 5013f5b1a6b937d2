import type { DemoCluster } from './cluster.ts';
import { apiVersionOf, type Resource } from './resources.ts';
import { StatusError } from './status-error.ts';

/** What a call does, in the words of Kubernetes' authorization. */
export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';

/** A path below `/api/v1` or `/apis/<group>/<version>` that names a resource. */
export interface ResourcePath {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** `''` for all namespaces, or for a cluster-wide resource. */
  readonly namespace: string;
  /** `''` for the collection. */
  readonly name: string;
  /** `status`, or `''`. */
  readonly subresource: string;
}

/** What came over the wire, whatever it is about. */
export interface Call {
  readonly verb: Verb;
  readonly pathname: string;
  readonly query: URLSearchParams;
  readonly accept: string;
  /** The media type of the body without its parameters. */
  readonly contentType: string;
  /** The body as it came, `''` when there is none. */
  readonly body: string;
}

/** A call of a resource that is served. */
export interface ApiRequest extends Call, ResourcePath {
  readonly resource: Resource;
}

/** What a call comes back with: a text as it is, anything else as JSON. */
export interface Answer {
  readonly code: number;
  readonly body: unknown;
  /** More headers, or another Content-Type than that of text or JSON. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Reads a path as Kubernetes does; `undefined` when it names no resource. */
export function parseResourcePath(pathname: string): ResourcePath | undefined {
  const [root, ...segments] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const group = root === 'apis' ? segments.shift() : root === 'api' ? '' : undefined;
  const [version, ...rest] = segments;
  if (group === undefined || version === undefined || rest.length === 0) return undefined;
  const isInNamespace = rest[0] === 'namespaces' && rest[2] !== undefined && rest[2] !== 'status';
  const namespace = isInNamespace ? (rest[1] ?? '') : '';
  const [plural = '', name = '', subresource = '', ...tooMuch] = isInNamespace ? rest.slice(2) : rest;
  return tooMuch.length > 0 ? undefined : { group, version, plural, namespace, name, subresource };
}

/** The verb of a method; throws 405 for one that Kubernetes does not use. */
export function verbOf(method: string, path: ResourcePath | undefined, query: URLSearchParams): Verb {
  const isCollection = path !== undefined && path.name === '';
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (path && isTrue(query.get('watch'))) return 'watch';
      return isCollection ? 'list' : 'get';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return isCollection ? 'deletecollection' : 'delete';
    default:
      throw new StatusError(405);
  }
}

/** The served resource that a path names. Throws 404. */
export function resourceAt(cluster: DemoCluster, path: ResourcePath): Resource {
  const found = cluster
    .resources()
    .find(each => each.plural === path.plural && apiVersionOf(each) === apiVersionOf(path));
  const isSubresource = path.subresource === '' || (path.subresource === 'status' && found?.hasStatus === true);
  if (!found || !isSubresource || (path.namespace !== '' && !found.namespaced)) throw new StatusError(404);
  return found;
}

/** A boolean of the query, as Go's strconv.ParseBool reads it. */
export function isTrue(value: string | null): boolean {
  return value !== null && /^(1|t|true)$/i.test(value);
}
