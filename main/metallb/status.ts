import { faultsOf, warningsOf } from './detect/faults.ts';
import { ownerAsSeen } from './detect/owner-advice.ts';
import { isReady } from './detect/workload.ts';
import type { Installation, Manager, PoolFacts, Survey } from './survey.ts';

/**
 * How MetalLB stands, whosever it is. `foreign`: parts of it are there (its kinds, its webhook), but no controller that
 * can be known as MetalLB's; `unknown`: this user may not look.
 */
export interface MetallbStatus {
  readonly state: 'absent' | 'installing' | 'ready' | 'degraded' | 'foreign' | 'unknown';
  readonly version: string;
  /** `''` where there is none, or only parts. */
  readonly managedBy: Exclude<Manager, 'leftovers'> | '';
  /** Made by this program. */
  readonly ours: boolean;
  /** Whose it is where it is not ours, and where it is changed, in sentences; else `''`. */
  readonly owner: string;
  readonly pools: readonly Pool[];
  /** Whole sentences. Some let MetalLB be `ready` all the same. */
  readonly problems: readonly string[];
}

/** A pool of addresses; the numbers are `null` where MetalLB does not tell them (before 0.15). */
export type Pool = Pick<PoolFacts, 'name' | 'ranges' | 'used' | 'total'>;

/** Which node answers for which Service's address (layer 2); MetalLB says so from 0.14.2 on. */
export type Announcer = Survey['announcers'][number];

/** Younger than this, what is not ready yet is still being installed. */
const INSTALLING_MS = 10 * 60_000;

/** Where nothing can be said of MetalLB, and why not. */
export function unknownStatus(problems: readonly string[]): MetallbStatus {
  return { state: 'unknown', version: '', managedBy: '', ours: false, owner: '', pools: [], problems };
}

export function metallbStatus(survey: Survey, now = Date.now()): MetallbStatus {
  const { metallb, forbidden } = survey;
  const pools = survey.pools.map(({ name, ranges, used, total }) => ({ name, ranges, used, total }));
  const nothing = { version: '', managedBy: '', ours: false, owner: '', pools, problems: [] } as const;
  const isHidden = forbidden.includes('deployments.apps') && metallb?.controller === undefined;
  if (isHidden) return { ...nothing, state: 'unknown' };
  if (metallb === undefined) return { ...nothing, state: 'absent' };
  const { managedBy, ours, version } = metallb;
  const owner = ours ? '' : ownerAsSeen(metallb, survey);
  if (managedBy === 'leftovers') return { ...nothing, state: 'foreign', owner, problems: [owner] };
  const faults = faultsOf(survey, metallb);
  const state = faults.length === 0 ? 'ready' : isInstalling(metallb, now) ? 'installing' : 'degraded';
  return {
    ...{ state, version, managedBy, ours, owner, pools },
    problems: [...faults, ...warningsOf(survey, metallb)],
  };
}

function isInstalling({ controller, speaker, releaseStatus }: Installation, now: number): boolean {
  if (controller === undefined) return releaseStatus !== 'failed';
  return !(isReady(controller) && isReady(speaker)) && now - controller.createdAt < INSTALLING_MS;
}
