/** An object's metadata as somebody writes it. */
export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** An object as somebody writes it: any kind, any fields. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

/** Metadata with what the API server adds; `resourceVersion` is `''` until the object is stored. */
interface StoredMetadata extends Metadata {
  readonly uid: string;
  readonly resourceVersion: string;
  readonly generation: number;
  readonly creationTimestamp: string;
  /** Deleted, and there only until nobody holds it by `finalizers` any more. */
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
}

/** An object as the cluster keeps it. It is never changed in place: a change is a new object. */
export interface StoredObject extends Manifest {
  readonly metadata: StoredMetadata;
}

/** Where an object is in its table: `namespace/name`, `/name` when cluster-wide. Keys sort as the API server lists. */
export function keyOf(object: Manifest): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

interface LoadBalancerStatus {
  readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] };
}

/** The fields of a Service that the demo's controllers read. */
export interface Service extends StoredObject {
  readonly spec?: {
    readonly type?: string;
    readonly clusterIP?: string;
    readonly loadBalancerClass?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[];
  };
  readonly status?: LoadBalancerStatus;
}

/** The fields of an Ingress that the demo's controllers read. */
export interface Ingress extends StoredObject {
  readonly spec?: {
    readonly ingressClassName?: string;
    readonly rules?: readonly {
      readonly host?: string;
      readonly http?: { readonly paths?: readonly { readonly path?: string }[] };
    }[];
  };
  readonly status?: LoadBalancerStatus;
}

/** The IP addresses that a load balancer has given to a Service or an Ingress. */
export function addressesOf(object: Service | Ingress): string[] {
  return items(object.status?.loadBalancer?.ingress).flatMap(each => each?.ip ?? []);
}

/** A list that somebody may have written as something else: only a real one has items. */
export function items<T>(list: readonly T[] | undefined): readonly T[] {
  return Array.isArray(list) ? list : [];
}

/** Whether a value is a JSON object: not `null`, not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
