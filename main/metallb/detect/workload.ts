import { labelsOf, type RawObject } from '../../cluster/object-api.ts';
import { list, record, text } from '../../cluster/raw.ts';
import type { Installation, WorkloadFacts } from '../survey.ts';
import { waitingOf } from './waiting.ts';

/** `controller` or `speaker`, by the label of the chart or of the manifests. */
export function componentOf(object: RawObject): string {
  const labels = labelsOf(object);
  return labels['app.kubernetes.io/component'] ?? labels.component ?? '';
}

/** How a Deployment or a DaemonSet stands; of `pods` those of its component count. */
export function workloadOf(workload: RawObject, pods: readonly RawObject[]): WorkloadFacts {
  const metadata = record(workload.metadata);
  const status = record(workload.status);
  const isDaemonSet = 'desiredNumberScheduled' in status || componentOf(workload) === 'speaker';
  const replicas = record(workload.spec).replicas;
  // Its figures are of an older generation.
  const isBehind = numberIn(status.observedGeneration) < numberIn(metadata.generation);
  const ready = numberIn(isDaemonSet ? status.numberReady : status.readyReplicas);
  const createdAt = Date.parse(text(metadata.creationTimestamp));
  return {
    wanted: isDaemonSet ? numberIn(status.desiredNumberScheduled) : typeof replicas === 'number' ? replicas : 1,
    ready: isBehind ? 0 : ready,
    createdAt: Number.isNaN(createdAt) ? 0 : createdAt,
    waiting: waitingOf(pods.filter(pod => componentOf(pod) === componentOf(workload))),
  };
}

/** All that it wants, and that something at all. */
export function isReady(workload: WorkloadFacts | undefined): boolean {
  return workload !== undefined && workload.wanted > 0 && workload.ready >= workload.wanted;
}

/** Without `v`: by the chart's label, else by the tag of MetalLB's own image; `''` where neither tells. */
export function versionOf(workload: RawObject | undefined): string {
  const labelled = labelsOf(workload)['app.kubernetes.io/version'] ?? '';
  const images = containersOf(workload).map(({ image }) => text(image));
  const tagged = images.map(image => /metallb.*:v?([0-9][^@]*)/.exec(image)?.[1]).find(tag => tag !== undefined);
  return labelled.replace(/^v/, '') || tagged || '';
}

/** By the speaker's container for FRR, or by what it is told of it. */
export function modeOf(speaker: RawObject | undefined): Installation['mode'] {
  const containers = containersOf(speaker);
  const type = containers
    .flatMap(({ env }) => list(env).map(record))
    .find(({ name }) => name === 'METALLB_BGP_TYPE')?.value;
  if (type === 'frr-k8s') return 'frr-k8s';
  return type === 'frr' || containers.some(({ name }) => name === 'frr') ? 'frr' : 'native';
}

function containersOf(workload: RawObject | undefined): readonly RawObject[] {
  return list(record(record(record(workload?.spec).template).spec).containers).map(record);
}

function numberIn(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}
