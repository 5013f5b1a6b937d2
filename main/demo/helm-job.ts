import { createHash } from 'node:crypto';
import { type DemoCluster, now } from './api/cluster.ts';
import type { StoredObject } from './api/objects.ts';

/** helm-controller's jobs are called after their chart: `helm-install-metallb`. */
export type Action = 'install' | 'delete';

/** The fields of a Job that are read here. */
export interface Job extends StoredObject {
  readonly spec?: { readonly template?: { readonly metadata?: { readonly annotations?: Record<string, string> } } };
}

/** Annotation of a job's pod: of which configuration it is. */
export const CONFIG_HASH = 'helmcharts.helm.cattle.io/configHash';

/** What the one container of a job does. */
export type Progress =
  | { readonly kind: 'creating' }
  /** `message` is of the end before. */
  | { readonly kind: 'running'; readonly restarts: number; readonly message: string }
  | { readonly kind: 'crashed'; readonly restarts: number; readonly message: string }
  | { readonly kind: 'completed'; readonly restarts: number };

const IMAGE = 'rancher/klipper-helm:v0.9.14-build20260210';

/** The Job of a HelmChart, if it is there. */
export function jobOf(cluster: DemoCluster, chart: StoredObject, action: Action): Job | undefined {
  return cluster.get<Job>('jobs', chart.metadata.namespace ?? '', jobName(chart, action));
}

export function jobName({ metadata }: StoredObject, action: Action): string {
  return `helm-${action}-${metadata.name}`;
}

/** Makes the Job and its pod, in place of the one there was. */
export function startJob(cluster: DemoCluster, chart: StoredObject, action: Action, hash: string): Job {
  for (const each of ['install', 'delete'] as const) removeJob(cluster, chart, each);
  const { apiVersion, kind, metadata } = chart;
  const labels = { 'helmcharts.helm.cattle.io/chart': metadata.name };
  const job: Job = cluster.apply({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      namespace: metadata.namespace ?? '',
      name: jobName(chart, action),
      labels,
      ownerReferences: [{ apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true }],
    },
    spec: {
      backoffLimit: 1000,
      completions: 1,
      parallelism: 1,
      template: {
        metadata: { labels, annotations: { [CONFIG_HASH]: `SHA256=${hash}` } },
        spec: { restartPolicy: 'OnFailure', containers: [{ name: 'helm', image: IMAGE, args: [action] }] },
      },
    },
    status: { startTime: now(), active: 1, ready: 0 },
  });
  reportProgress(cluster, job, { kind: 'creating' });
  return job;
}

/** Removes the Job with its pod; nothing if there is none. */
export function removeJob(cluster: DemoCluster, chart: StoredObject, action: Action): void {
  const job = jobOf(cluster, chart, action);
  if (!job) return;
  const namespace = job.metadata.namespace ?? '';
  cluster.remove('jobs', namespace, job.metadata.name);
  if (cluster.get('pods', namespace, podName(job))) cluster.remove('pods', namespace, podName(job));
}

/** Writes what becomes of the job into its pod, and in the end into the Job. */
export function reportProgress(cluster: DemoCluster, job: Job, progress: Progress): void {
  const { namespace = '', name, uid, labels } = job.metadata;
  cluster.apply({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      namespace,
      name: podName(job),
      labels: { ...labels, 'batch.kubernetes.io/job-name': name, 'job-name': name },
      ownerReferences: [{ apiVersion: 'batch/v1', kind: 'Job', name, uid, controller: true }],
    },
    spec: { nodeName: 'turing-1', restartPolicy: 'OnFailure', containers: [{ name: 'helm', image: IMAGE }] },
    status: podStatus(progress),
  });
  if (progress.kind !== 'completed') return;
  const condition = { type: 'Complete', status: 'True', reason: 'CompletionsReached', lastTransitionTime: now() };
  const status = { startTime: job.metadata.creationTimestamp, completionTime: now(), succeeded: 1, active: null };
  cluster.patch('jobs', namespace, name, { status: { ...status, conditions: [condition] } });
}

function podName({ metadata }: Job): string {
  return `${metadata.name}-${createHash('sha256').update(metadata.uid).digest('hex').slice(0, 5)}`;
}

function podStatus(progress: Progress): unknown {
  const { phase, restartCount, ...states } = containerState(progress);
  const isReady = progress.kind === 'running';
  return {
    phase,
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(type => ({
      type,
      status: isReady || !type.endsWith('Ready') ? 'True' : 'False',
    })),
    containerStatuses: [{ name: 'helm', image: IMAGE, imageID: '', ready: isReady, restartCount, ...states }],
  };
}

function containerState(progress: Progress) {
  switch (progress.kind) {
    case 'creating':
      return { phase: 'Pending', restartCount: 0, state: { waiting: { reason: 'ContainerCreating' } } };
    case 'running':
    case 'crashed': {
      const { kind, restarts, message } = progress;
      const waiting = { reason: 'CrashLoopBackOff', message: 'back-off 10s restarting failed container=helm' };
      const state = kind === 'running' ? { running: { startedAt: now() } } : { waiting };
      const terminated = { exitCode: 1, reason: 'Error', message, finishedAt: now() };
      return { phase: 'Running', restartCount: restarts, state, lastState: restarts === 0 ? {} : { terminated } };
    }
    case 'completed': {
      const terminated = { exitCode: 0, reason: 'Completed', finishedAt: now() };
      return { phase: 'Succeeded', restartCount: progress.restarts, state: { terminated } };
    }
  }
}
