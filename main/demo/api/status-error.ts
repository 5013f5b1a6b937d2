import { groupResource, type Resource } from './resources.ts';

/** What Kubernetes calls each failure, and the sentence that goes with it when there is nothing more exact to say. */
const FAILURES = {
  400: ['BadRequest', 'the request is malformed'],
  401: ['Unauthorized', 'Unauthorized'],
  403: ['Forbidden', 'forbidden'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  409: ['Conflict', 'the operation cannot be fulfilled'],
  410: ['Expired', 'The resourceVersion for the provided watch is too old.'],
  415: [
    'UnsupportedMediaType',
    'the body of the request was in an unknown format - accepted media types include: application/json',
  ],
  422: ['Invalid', 'the object is invalid'],
  429: ['TooManyRequests', 'Too many requests, please try again later.'],
  500: ['InternalError', 'Internal error occurred: the demo was told to fail'],
  503: ['ServiceUnavailable', 'apiserver not ready'],
} as const;

/** The HTTP status codes that the API fails with. */
export type FailureCode = keyof typeof FAILURES;

/** Kubernetes' own error object. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: Readonly<Record<string, never>>;
  readonly status: 'Failure';
  readonly message: string;
  readonly reason: string;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly code: number;
}

/** A failed call: thrown anywhere below the server, answered as a Status. */
export class StatusError extends Error {
  readonly code: FailureCode;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: FailureCode, message?: string, details?: Readonly<Record<string, unknown>>, reason?: string) {
    super(message ?? FAILURES[code][1]);
    this.code = code;
    this.reason = reason ?? FAILURES[code][0];
    this.details = details;
  }

  /** The Status that goes over the wire. */
  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** 404: the resource is served, this object is not there. */
export function notFound(resource: Resource, name: string): StatusError {
  return new StatusError(404, `${groupResource(resource)} "${name}" not found`, detailsOf(resource, name));
}

/** 409: there is an object of this name already. */
export function alreadyExists(resource: Resource, name: string): StatusError {
  const message = `${groupResource(resource)} "${name}" already exists`;
  return new StatusError(409, message, detailsOf(resource, name), 'AlreadyExists');
}

/** 409: the caller has seen an older version of the object, or another object. */
export function conflict(resource: Resource, name: string): StatusError {
  const message =
    `Operation cannot be fulfilled on ${groupResource(resource)} "${name}": ` +
    'the object has been modified; please apply your changes to the latest version and try again';
  return new StatusError(409, message, detailsOf(resource, name));
}

/** `details` of a Status about one object; a Status' `kind` is in truth the plural. */
export function detailsOf(resource: Resource, name: string): Readonly<Record<string, unknown>> {
  return { name, ...(resource.group !== '' && { group: resource.group }), kind: resource.plural };
}
