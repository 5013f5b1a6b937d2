import type { DemoCluster } from './api/cluster.ts';
import type { StoredObject } from './api/objects.ts';
import { type Controller, createController } from './controller.ts';
import type { Pace } from './pace.ts';
import {
  type Health,
  isCreating,
  isReady,
  type Pod,
  podStatus,
  podsOf,
  type Workload,
  workloadStatus,
} from './pods.ts';
import type { Ills } from './troubles.ts';

/** To pull an image takes longer than most. */
const START_STAGES = 2;

/**
 * The controllers of Deployments and DaemonSets, and the kubelets: makes their pods, which start after a while, and
 * says how many are ready. Another template replaces all pods at once. Pods whose owner is gone go, too.
 */
export function createKubelet(cluster: DemoCluster, pace: Pace, ills: Ills): Controller {
  const start = (pod: Pod, workload: string) => {
    const { namespace = '', name, uid } = pod.metadata;
    if (cluster.get('pods', namespace, name)?.metadata.uid !== uid) return;
    cluster.patch('pods', namespace, name, { status: podStatus(pod, healthOf(workload, ills)) });
  };
  const converge = (resource: string, workload: Workload) => {
    const { namespace = '', name } = workload.metadata;
    const wanted = podsOf(workload, cluster.list('nodes'));
    for (const pod of ownedBy(cluster, workload)) {
      if (!wanted.some(({ metadata }) => metadata.name === pod.metadata.name)) remove(cluster, pod);
      else if (!isCreating(pod)) start(pod, name);
    }
    for (const pod of wanted) {
      if (cluster.get('pods', namespace, pod.metadata.name)) continue;
      const made = cluster.apply({ ...pod, status: podStatus(pod, 'creating') });
      pace.after(START_STAGES, () => start(made, name));
    }
    const ready = ownedBy(cluster, workload).filter(isReady).length;
    cluster.patch(resource, namespace, name, { status: workloadStatus(workload, wanted.length, ready) });
  };
  const tables = ['deployments.apps', 'daemonsets.apps', 'jobs.batch', 'nodes', 'pods'];
  return createController(cluster.store, tables, () => {
    removeOrphans(cluster);
    for (const resource of ['deployments', 'daemonsets']) {
      for (const workload of cluster.list<Workload>(resource)) converge(resource, workload);
    }
  });
}

function healthOf(workload: string, { unpullable, unready }: Ills): Health {
  if (unpullable.includes(workload)) return 'unpullable';
  return unready.includes(workload) ? 'unready' : 'well';
}

function ownedBy(cluster: DemoCluster, { metadata }: StoredObject): Pod[] {
  return cluster.list<Pod>('pods', metadata.namespace).filter(pod => ownerOf(pod) === metadata.uid);
}

function ownerOf(pod: Pod): string | undefined {
  return pod.metadata.ownerReferences?.[0]?.uid;
}

function removeOrphans(cluster: DemoCluster): void {
  const owners = new Set(
    ['deployments', 'daemonsets', 'jobs']
      .flatMap(resource => cluster.list(resource))
      .map(({ metadata }) => metadata.uid),
  );
  for (const pod of cluster.list<Pod>('pods')) {
    const owner = ownerOf(pod);
    if (owner !== undefined && !owners.has(owner)) remove(cluster, pod);
  }
}

function remove(cluster: DemoCluster, { metadata }: Pod): void {
  cluster.remove('pods', metadata.namespace ?? '', metadata.name);
}
