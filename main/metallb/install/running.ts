import { labelsOf, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { record } from '../../cluster/raw.ts';
import { explainWaiting, waitingOf } from '../detect/waiting.ts';
import { NAMESPACE, PATHS } from '../objects.ts';
import { conditionsOf } from './release.ts';
import { done, type Standing, type Step, waiting } from './step.ts';

const DEFINITIONS = ['ipaddresspools.metallb.io', 'l2advertisements.metallb.io'];

/** The API server serves MetalLB's kinds. */
export const kindsServed: Step = {
  id: 'kinds',
  title: 'MetalLB’s kinds of objects',
  patienceMs: 2 * 60_000,
  hint: 'Look at the custom resource definitions of metallb.io.',
  check: async ({ api }) => {
    const found = await Promise.all(DEFINITIONS.map(name => api.get(`${PATHS.definitions}/${name}`)));
    const missing = found.filter(each => !conditionsOf(each?.status).get('Established')?.isTrue).length;
    return missing === 0 ? done() : waiting('The cluster is learning MetalLB’s kinds.');
  },
};

const SELECTOR = encodeURIComponent('app.kubernetes.io/name=metallb');

/** MetalLB's controller and a speaker on every node that is to have one. */
export const podsReady: Step = {
  id: 'pods',
  title: 'Controller and speakers',
  patienceMs: 10 * 60_000,
  hint: 'Look at the pods in metallb-system: kubectl -n metallb-system get pods.',
  check: async ({ api }) => {
    const list = (kind: string) => api.list(`/apis/apps/v1/namespaces/${NAMESPACE}/${kind}?labelSelector=${SELECTOR}`);
    const [deployments, daemonSets] = await Promise.all([list('deployments'), list('daemonsets')]);
    const controller = deployments?.find(isPart('controller'));
    const speaker = daemonSets?.find(isPart('speaker'));
    if (controller === undefined || speaker === undefined) return waiting('MetalLB’s pods are not there yet.');
    const speakers = record(speaker.status);
    const [wanted, ready] = [count(speakers.desiredNumberScheduled), count(speakers.numberReady)];
    const isUp = isSeen(controller) && count(record(controller.status).availableReplicas) > 0;
    if (isUp && isSeen(speaker) && wanted > 0 && ready === wanted) {
      return done(`The controller runs, and ${wanted === 1 ? 'one speaker' : `${wanted} speakers`}.`);
    }
    return waiting(await whyNot(api, isUp ? `${ready} of ${wanted} speakers run.` : 'The controller is starting.'));
  },
};

async function whyNot(api: ObjectApi, progress: string): Promise<string> {
  const pods = await api.list(`/api/v1/namespaces/${NAMESPACE}/pods?labelSelector=${SELECTOR}`);
  const [reason] = waitingOf(pods ?? []);
  return reason === undefined ? progress : `${progress} ${explainWaiting(reason)}`;
}

function isPart(component: string): (object: RawObject) => boolean {
  return object => labelsOf(object)['app.kubernetes.io/component'] === component;
}

/** Its status is of the spec as it is now. */
function isSeen(object: RawObject): boolean {
  const { generation } = record(object.metadata);
  return record(object.status).observedGeneration === generation || generation === undefined;
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/** For the removal: what the chart brought is gone, its kinds and with them all pools. */
export async function isChartGone(api: ObjectApi): Promise<Standing> {
  const found = await Promise.all(DEFINITIONS.map(name => api.get(`${PATHS.definitions}/${name}`)));
  return found.every(each => each === undefined) ? done() : waiting('MetalLB’s kinds are being removed.');
}
