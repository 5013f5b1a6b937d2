import { createHash } from 'node:crypto';
import type { DemoCluster } from './api/cluster.ts';
import type { StoredObject } from './api/objects.ts';
import { StatusError } from './api/status-error.ts';
import { type ChartSpec, render } from './charts.ts';
import { type Controller, createController } from './controller.ts';
import { recordEvent } from './events.ts';
import { install, uninstall } from './helm.ts';
import { HelmError } from './helm-error.ts';
import { type Action, CONFIG_HASH, type Job, jobName, jobOf, removeJob, reportProgress, startJob } from './helm-job.ts';
import type { Pace } from './pace.ts';
import type { Ills } from './troubles.ts';

/** A HelmChart of K3s, or a HelmChartConfig, which only adds values. */
export interface HelmChart extends StoredObject {
  readonly spec?: ChartSpec & {
    readonly targetNamespace?: string;
    readonly createNamespace?: boolean;
    readonly failurePolicy?: string;
  };
}

const CHARTS = 'helmcharts.helm.cattle.io';
const CONFIGS = 'helmchartconfigs.helm.cattle.io';
const FINALIZER = 'wrangler.cattle.io/on-helm-chart-remove';

/**
 * The helm-controller inside K3s: keeps a Job per HelmChart that installs or upgrades it whenever it, or its
 * HelmChartConfig, has changed, and one that uninstalls it before it goes.
 */
export function createHelmController(cluster: DemoCluster, pace: Pace, ills: Ills): Controller {
  const run = (chart: HelmChart, action: Action, hash: string, steps: () => Generator<void>, done: () => void) => {
    const text = action === 'install' ? 'Applying HelmChart using' : 'Uninstalling HelmChart using';
    claim(cluster, chart, action, `${text} Job ${chart.metadata.namespace}/${jobName(chart, action)}`);
    const job = startJob(cluster, chart, action, hash);
    pace.after(1, () => work({ cluster, pace, job, steps, done }, 0));
  };
  const installChart = (chart: HelmChart, config: HelmChart | undefined, hash: string) => {
    function* steps() {
      if (ills.chartMessage !== undefined) throw new HelmError(ills.chartMessage);
      const { name, namespace = '' } = chart.metadata;
      const { targetNamespace = namespace, createNamespace = false, failurePolicy = 'reinstall' } = chart.spec ?? {};
      const release = { name, namespace: targetNamespace };
      const manifests = render(release, chart.spec ?? {}, config?.spec ?? {});
      const wanted = { ...release, manifests, createNamespace, failurePolicy, hash };
      yield* install(cluster, wanted, () => ills.chartHangs);
    }
    run(chart, 'install', hash, steps, () => undefined);
  };
  const removeChart = (chart: HelmChart) => {
    const { name, namespace = '' } = chart.metadata;
    const steps = () => uninstall(cluster, { name, namespace: chart.spec?.targetNamespace ?? namespace });
    run(chart, 'delete', '', steps, () => letGo(cluster, chart));
  };
  return createController(cluster.store, [CHARTS, CONFIGS], () => {
    for (const chart of cluster.list<HelmChart>(CHARTS)) {
      const { name, namespace = '', deletionTimestamp } = chart.metadata;
      if (deletionTimestamp !== undefined) {
        if (!jobOf(cluster, chart, 'delete')) removeChart(chart);
        continue;
      }
      const config = cluster.get<HelmChart>(CONFIGS, namespace, name);
      const hash = createHash('sha256')
        .update(JSON.stringify([chart.spec, config?.spec]))
        .digest('hex')
        .toUpperCase();
      const done = jobOf(cluster, chart, 'install')?.spec?.template?.metadata?.annotations?.[CONFIG_HASH];
      if (done !== `SHA256=${hash}`) installChart(chart, config, hash);
    }
  });
}

interface Work {
  readonly cluster: DemoCluster;
  readonly pace: Pace;
  readonly job: Job;
  readonly steps: () => Generator<void>;
  readonly done: () => void;
}

/** One try of a job's container; a failed one is followed by the next, until the Job is gone. */
function work({ cluster, pace, job, steps, done }: Work, restarts: number, message = ''): void {
  const isGone = () =>
    cluster.get('jobs', job.metadata.namespace ?? '', job.metadata.name)?.metadata.uid !== job.metadata.uid;
  const stages = steps();
  const next = () => {
    if (isGone()) return;
    try {
      if (!stages.next().done) {
        pace.after(1, next);
        return;
      }
      reportProgress(cluster, job, { kind: 'completed', restarts });
      done();
    } catch (error) {
      if (!(error instanceof HelmError || error instanceof StatusError)) throw error;
      reportProgress(cluster, job, { kind: 'crashed', restarts: restarts + 1, message: error.message });
      pace.after(2, () => work({ cluster, pace, job, steps, done }, restarts + 1, error.message));
    }
  };
  if (isGone()) return;
  reportProgress(cluster, job, { kind: 'running', restarts, message });
  pace.after(1, next);
}

/** Marks a HelmChart as this controller's, says what is being done, and keeps it from going before that is undone. */
function claim(cluster: DemoCluster, chart: HelmChart, action: Action, message: string): void {
  const { name, namespace = '' } = chart.metadata;
  cluster.patch(CHARTS, namespace, name, {
    metadata: { annotations: { 'helmcharts.cattle.io/managed-by': 'helm-controller' }, finalizers: [FINALIZER] },
    status: {
      jobName: jobName(chart, action),
      conditions: [
        { type: 'JobCreated', status: 'True', reason: 'Job created', message },
        { type: 'Failed', status: 'False' },
      ],
    },
  });
  const reason = action === 'install' ? 'ApplyJob' : 'RemoveJob';
  recordEvent(cluster, chart, { type: 'Normal', reason, message, component: 'helm-controller' });
}

function letGo(cluster: DemoCluster, chart: HelmChart): void {
  const { name, namespace = '' } = chart.metadata;
  const message = `Uninstalled HelmChart using Job ${namespace}/${jobName(chart, 'delete')}, removing resources`;
  recordEvent(cluster, chart, { type: 'Normal', reason: 'RemoveJob', message, component: 'helm-controller' });
  removeJob(cluster, chart, 'delete');
  cluster.patch(CHARTS, namespace, name, { metadata: { finalizers: null } });
}
