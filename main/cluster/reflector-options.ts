import type { Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import type { KindInfo } from './kinds.ts';
import type { KindState } from './objects.ts';

/** How a reflector stands; `failure` is what went wrong last, `undefined` while it is live. */
export interface ReflectorStatus {
  readonly state: KindState;
  readonly failure: unknown;
}

export interface ReflectorOptions<T> {
  readonly info: KindInfo<T>;
  /** `''` for all namespaces. */
  readonly namespace: string;
  readonly connection: Pick<Connection, 'get'>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  /** After the objects or the state changed. */
  readonly onChange: () => void;
  /** The media type to ask for: the API server's `PartialObjectMetadata` where names are enough. */
  readonly accept?: string;
}
