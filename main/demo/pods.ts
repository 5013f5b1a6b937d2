import { createHash } from 'node:crypto';
import { items, type Manifest, type StoredObject } from './api/objects.ts';
import type { Container } from './manifests.ts';

/** A Deployment or a DaemonSet. */
export interface Workload extends StoredObject {
  readonly status?: { readonly availableReplicas?: number };
  readonly spec?: {
    readonly replicas?: number;
    readonly template?: {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
      readonly spec?: { readonly containers?: readonly Container[] };
    };
  };
}

interface ContainerStatus {
  readonly ready?: boolean;
  readonly state?: { readonly waiting?: { readonly reason?: string } };
}

/** A pod as somebody writes it. */
interface PodManifest extends Manifest {
  readonly spec?: { readonly nodeName?: string; readonly containers?: readonly Container[] };
}

/** The fields of a Pod that the demo's controllers read. */
export interface Pod extends StoredObject {
  readonly metadata: StoredObject['metadata'] & { readonly ownerReferences?: readonly { readonly uid: string }[] };
  readonly spec?: PodManifest['spec'];
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly containerStatuses?: readonly ContainerStatus[];
  };
}

/** How a pod is: `unpullable`: its first container's image cannot be pulled; `unready`: it runs, and says that it is not ready. */
export type Health = 'creating' | 'unpullable' | 'unready' | 'well';

/** Whether all its containers run and are ready. */
export function isReady({ status }: Pod): boolean {
  const containers = items(status?.containerStatuses);
  return status?.phase === 'Running' && containers.length > 0 && containers.every(each => each?.ready === true);
}

/** Whether it has just been made. */
export function isCreating({ status }: Pod): boolean {
  return items(status?.containerStatuses).some(each => each?.state?.waiting?.reason === 'ContainerCreating');
}

/** The pods that a workload wants: one per node, or its replicas. Their names are of template and place. */
export function podsOf(workload: Workload, nodes: readonly StoredObject[]): PodManifest[] {
  const { apiVersion, kind, metadata, spec } = workload;
  const places = kind === 'DaemonSet' ? nodes : Array.from({ length: spec?.replicas ?? 1 }, () => nodes[0]);
  const owner = { apiVersion, kind, name: metadata.name, uid: metadata.uid, controller: true };
  return places.map((node, index) => {
    const nodeName = node?.metadata.name ?? '';
    const id = digest(JSON.stringify([metadata.uid, spec?.template, nodeName, index]))
      .toString('hex')
      .slice(0, 5);
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        ...(metadata.namespace !== undefined && { namespace: metadata.namespace }),
        name: `${metadata.name}-${id}`,
        labels: spec?.template?.metadata?.labels ?? {},
        ownerReferences: [owner],
      },
      spec: { nodeName, containers: items(spec?.template?.spec?.containers) },
    };
  });
}

/** `status` of a pod; says the same each time, so that to write it again changes nothing. */
export function podStatus(pod: PodManifest | Pod, health: Health): Readonly<Record<string, unknown>> {
  const isUp = health === 'well' || health === 'unready';
  return {
    phase: isUp ? 'Running' : 'Pending',
    podIP: `10.42.0.${2 + ((digest(pod.metadata.name)[0] ?? 0) % 250)}`,
    conditions: ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map(type => ({
      type,
      status: health === 'well' || !type.endsWith('Ready') ? 'True' : 'False',
    })),
    containerStatuses: items(pod.spec?.containers).map(({ name, image }) => ({
      name,
      image,
      imageID: '',
      restartCount: 0,
      ready: health === 'well',
      state: isUp ? { running: { startedAt: pod.metadata.creationTimestamp } } : { waiting: waitingFor(health, image) },
    })),
  };
}

/** `status` of a workload; `null` takes a field away. */
export function workloadStatus({ kind, metadata }: Workload, wanted: number, ready: number): Record<string, unknown> {
  const observedGeneration = metadata.generation;
  if (kind === 'DaemonSet') {
    const scheduled = {
      desiredNumberScheduled: wanted,
      currentNumberScheduled: wanted,
      updatedNumberScheduled: wanted,
    };
    const unavailable = wanted - ready || null;
    return {
      observedGeneration,
      ...scheduled,
      numberReady: ready,
      numberAvailable: ready || null,
      numberUnavailable: unavailable,
    };
  }
  const isAvailable = ready >= wanted;
  const condition = {
    type: 'Available',
    status: isAvailable ? 'True' : 'False',
    reason: isAvailable ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: `Deployment ${isAvailable ? 'has' : 'does not have'} minimum availability.`,
  };
  return {
    observedGeneration,
    replicas: wanted,
    updatedReplicas: wanted,
    readyReplicas: ready || null,
    availableReplicas: ready || null,
    unavailableReplicas: wanted - ready || null,
    conditions: [condition],
  };
}

function waitingFor(health: Health, image: string): Readonly<Record<string, string>> {
  if (health !== 'unpullable') return { reason: 'ContainerCreating' };
  const cause = 'ErrImagePull: rpc error: code = Unknown desc = failed to pull and unpack image: no such host';
  return { reason: 'ImagePullBackOff', message: `Back-off pulling image "${image}": ${cause}` };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
