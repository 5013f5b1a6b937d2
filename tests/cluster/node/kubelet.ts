import { setTimeout as delay } from 'node:timers/promises';
import type { ApiClient } from '../client/api.ts';
import type { Place } from '../rooms/place.ts';
import { HelmJobs } from './helm-jobs.ts';
import { MetalLBPods, type MetalLBProgram } from './metallb-pods.ts';
import type { PodList } from './pod.ts';

/** What a kubelet needs of the node. */
export interface NodeSite {
  readonly place: Place;
  readonly programs: string;
  readonly api: ApiClient;
  readonly kubeconfig: (token?: string) => string;
}

/** Runs programs for the pods that matter here: Helm's jobs, and MetalLB. All other pods only seem to run (kwok). */
export class Kubelet {
  private readonly api: ApiClient;
  private readonly jobs: HelmJobs;
  private readonly metallb: MetalLBPods;
  private readonly done = new AbortController();

  constructor(site: NodeSite) {
    this.api = site.api;
    this.jobs = new HelmJobs(site);
    this.metallb = new MetalLBPods(site);
    void this.loop();
  }

  stop(): void {
    this.done.abort();
  }

  /** Keeps one of MetalLB's programs down, as if it crashed and never came back, or lets it come back. */
  hold(program: MetalLBProgram, held: boolean): Promise<void> {
    return this.metallb.hold(program, held);
  }

  private async loop(): Promise<void> {
    while (!this.done.signal.aborted) {
      // The API server is stopped on purpose at times: what it cannot say now, it says later.
      await this.look().catch(() => {});
      await delay(200);
    }
  }

  private async look(): Promise<void> {
    const pods = async (selector: string): Promise<PodList['items']> =>
      (await this.api.get<PodList>(`/api/v1/pods?labelSelector=${encodeURIComponent(selector)}`)).items;
    const [jobs, metallb] = await Promise.all([
      pods('helmcharts.helm.cattle.io/chart'),
      pods('app.kubernetes.io/name=metallb'),
    ]);
    if (this.done.signal.aborted) return;
    this.jobs.see(jobs);
    await this.metallb.see(metallb);
  }
}
