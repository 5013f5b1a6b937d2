import { isDeepStrictEqual } from 'node:util';
import { labelsOf, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { list, record, text } from '../../cluster/raw.ts';
import { isOurs } from '../detect/ours.ts';
import { explainWaiting, waitingOf } from '../detect/waiting.ts';
import { helmChartObject, PATHS, RELEASE } from '../objects.ts';
import { put } from './own.ts';
import { conditionsOf, readRelease } from './release.ts';
import { done, failed, type Standing, type Step, todo, type World, waiting } from './step.ts';

const PATH = `${PATHS.helmCharts}/${RELEASE}`;

/** A chart that could not be installed by so many tries will not be by more of them. */
const TRIES = 4;

const HINT = 'Look at the job helm-install-metallb in kube-system: the cluster fetches the chart itself.';

/** MetalLB's chart by a HelmChart object: K3s runs helm inside the cluster, in a Job. */
export function chartByK3s(): Step {
  const tries = new Tries();
  return {
    id: 'chart',
    title: 'MetalLB’s chart',
    patienceMs: 10 * 60_000,
    hint: HINT,
    check: world => checkChart(world, tries),
    apply: world => put(world, PATHS.helmCharts, helmChartObject(world.chart)),
  };
}

/** Those that a job's pod had before we looked do not count: what they failed by may be mended. */
class Tries {
  #pod = '';
  #before = 0;

  since(pod: string, restarts: number): number {
    if (this.#pod !== pod) {
      this.#pod = pod;
      this.#before = restarts;
    }
    return restarts - this.#before;
  }
}

async function checkChart(world: World, tries: Tries): Promise<Standing> {
  const { api } = world;
  const found = await api.get(PATH);
  if (found === undefined) return todo('Asking K3s to install MetalLB.');
  if (record(found.metadata).deletionTimestamp !== undefined) return waiting('K3s still removes an earlier one.');
  if (!isOurs(found)) {
    return failed(
      'There is a HelmChart metallb that Cluster Hosts did not make.',
      'Change MetalLB where it was installed.',
    );
  }
  if (!isAsked(found, world)) return todo('Asking K3s for the pinned version of MetalLB.');
  const release = await readRelease(api);
  const isJobDone = await jobIsDone(api, found);
  if (release?.status === 'deployed' && isJobDone) return done('K3s has installed the chart.');
  const refusal = conditionsOf(found.status).get('Failed');
  if (refusal?.isTrue) return failed(`K3s could not install the chart: ${refusal.message}`, HINT);
  return await lookAtJob(api, tries);
}

/** The spec is as wished; what the cluster adds to it does not matter. */
function isAsked(found: RawObject, { chart }: World): boolean {
  const [now, wished] = [record(found.spec), record(helmChartObject(chart).spec)];
  return Object.entries(wished).every(([key, value]) => isDeepStrictEqual(now[key], value));
}

/** A job that succeeded is removed after a while, in some versions at once. */
async function jobIsDone(api: ObjectApi, chart: RawObject): Promise<boolean> {
  const name = text(record(chart.status).jobName);
  if (name === '') return false;
  const job = await api.get(`/apis/batch/v1/namespaces/kube-system/jobs/${name}`);
  return job === undefined || Number(record(job.status).succeeded) > 0;
}

/** What the pod of the job is about; helm's own last words are in its termination message. */
async function lookAtJob(api: ObjectApi, seen: Tries): Promise<Standing> {
  const selector = encodeURIComponent(`helmcharts.helm.cattle.io/chart=${RELEASE}`);
  const pods = await api.list(`/api/v1/namespaces/kube-system/pods?labelSelector=${selector}`);
  const pod = pods?.find(each => labelsOf(each)['job-name'] !== `helm-delete-${RELEASE}`);
  if (pod === undefined) return waiting('K3s is about to start helm.');
  const [status] = list(record(pod.status).containerStatuses).map(record);
  const tries = Number(status?.restartCount) || 0;
  const words = text(record(record(status?.lastState).terminated).message).trim();
  const last = words.split('\n').at(-1) ?? '';
  if (seen.since(text(record(pod.metadata).uid), tries) >= TRIES)
    return failed(`helm failed ${tries} times in the cluster: ${last || 'it does not say why.'}`, HINT);
  if (tries > 0) return waiting(`helm failed in the cluster and is tried again: ${last}`);
  const [reason] = waitingOf([pod]);
  return waiting(reason === undefined ? 'helm is at work in the cluster.' : explainWaiting(reason));
}
