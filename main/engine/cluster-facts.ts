import type { KindStatus } from '../cluster/objects.ts';
import type { AppError } from '../errors.ts';
import type { Announcer, MetallbStatus } from '../metallb/status.ts';

/** What is known of a cluster beside its objects. */
export interface ClusterFacts {
  readonly version: string;
  readonly metallb: MetallbStatus | undefined;
  readonly announcers: readonly Announcer[];
  readonly kinds: readonly KindStatus[];
  /** An installation of MetalLB was begun there, and has neither come to its end nor been taken back. */
  readonly isUnfinished: boolean;
  /** Why nothing of it can be read. */
  readonly failure: AppError | undefined;
}

/** Before it was asked. */
export const NOTHING_KNOWN: ClusterFacts = {
  version: '',
  metallb: undefined,
  announcers: [],
  kinds: [],
  isUnfinished: false,
  failure: undefined,
};
