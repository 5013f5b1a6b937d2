import type { InstallStep, InstallWish } from '../../../preload/installer.ts';
import type { Clock } from '../../cluster/clock.ts';
import type { ObjectApi } from '../../cluster/object-api.ts';
import type { Dial } from '../../probe/reach.ts';
import type { Chart } from '../chart.ts';
import type { HelmRunner } from './helm.ts';

/** What a step has to work with. */
export interface World {
  readonly api: ObjectApi;
  readonly clock: Clock;
  readonly engine: 'helmchart' | 'helm';
  readonly chart: Chart;
  readonly helm: HelmRunner;
  /** `addresses` as an IPAddressPool has them. */
  readonly wish: Omit<InstallWish, 'addresses'> & { readonly addresses: readonly string[] };
  /** Of this run; what it makes carries it. */
  readonly run: string;
  /** Traefik's Service; `undefined` where there is none that MetalLB gives an address. */
  readonly traefik: { readonly namespace: string; readonly name: string; readonly isPackaged: boolean } | undefined;
  /** A name that Traefik is asked for. */
  readonly hostname: string;
  readonly dial: Dial;
  /** Why an address does not answer, in sentences. */
  readonly explain: (address: string) => Promise<readonly string[]>;
  readonly log: (line: string) => void;
  /** Aborted when the step under way is to be the last: waiting ends, what has begun is finished. */
  readonly cancelled: AbortSignal;
}

/**
 * How a step stands, by what the cluster says: `todo` has to be applied, `waiting` takes its time, `failed` will not
 * come right by waiting.
 */
export type Standing =
  | { readonly state: 'todo' | 'waiting' | 'done'; readonly message: string }
  | { readonly state: 'failed'; readonly message: string; readonly hint: string };

/** One step of a change to the cluster: whether it is done is asked of the cluster, never remembered. */
export interface Step {
  readonly id: InstallStep['id'];
  readonly title: string;
  /** How long it may wait. */
  readonly patienceMs: number;
  /** What to do when it has waited for so long. */
  readonly hint: string;
  check(world: World): Promise<Standing>;
  /** Where nothing has to be done but to wait, there is none. */
  readonly apply?: (world: World) => Promise<void>;
}

export const todo = (message: string): Standing => ({ state: 'todo', message });
export const waiting = (message: string): Standing => ({ state: 'waiting', message });
export const done = (message = ''): Standing => ({ state: 'done', message });
export const failed = (message: string, hint: string): Standing => ({ state: 'failed', message, hint });
