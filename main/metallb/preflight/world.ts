import type { CheckRow } from '../../../preload/installer.ts';
import type { ObjectApi } from '../../cluster/object-api.ts';
import type { Survey } from '../survey.ts';

/** The cluster and the computer that are looked at before anything is installed. */
export interface PreflightWorld {
  readonly api: ObjectApi;
  readonly survey: () => Promise<Survey>;
  /** `10.0.0.60:6443`. */
  readonly server: string;
  /** For people: where the chart is fetched from. */
  readonly chartSource: string;
  /** How the hosts file is written, and why so, as a sentence. */
  readonly hosts: { readonly way: 'direct' | 'prompt' | 'manual'; readonly reason: string; readonly path: string };
  readonly helm: () => Promise<HelmProgram | undefined>;
  /** As the user wishes. */
  readonly engine: 'auto' | Engine;
  /** Interrupts the looking. */
  readonly signal: AbortSignal;
}

/** By what MetalLB's chart is installed: K3s' HelmChart object, or a helm program on this computer. */
export type Engine = 'helmchart' | 'helm';

/** `version` without `v`. */
export interface HelmProgram {
  readonly path: string;
  readonly version: string;
}

/** How a check went. */
export type Finding = Pick<CheckRow, 'state' | 'detail' | 'fix'>;

/** One thing to look at. `find` throws what the cluster or the network threw. */
export interface Check {
  readonly id: string;
  readonly title: string;
  readonly find: (world: PreflightWorld) => Promise<Finding>;
}

/** A check of nothing but what the survey tells. */
export function surveyCheck(id: string, title: string, judge: (survey: Survey) => Finding): Check {
  return { id, title, find: async ({ survey }) => judge(await survey()) };
}
