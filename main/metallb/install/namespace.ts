import { randomUUID } from 'node:crypto';
import { annotationsOf, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { record } from '../../cluster/raw.ts';
import { StatusError } from '../../cluster/requests.ts';
import { AppError } from '../../errors.ts';
import { NAMESPACE, namespaceObject, PATHS, RUN } from '../objects.ts';
import type { World } from './step.ts';

const PATH = `${PATHS.namespaces}/${NAMESPACE}`;

/** Annotation of the namespace: the run that has begun and is not over. */
const INSTALLING = 'cluster-hosts/installing';

/** Annotation of the namespace: changes as long as a helm of a run is at work. */
const HELM = 'cluster-hosts/helm';

/** The run that was begun in this cluster and neither came to its end nor was taken back. */
export async function unfinishedRun(api: ObjectApi): Promise<string | undefined> {
  return annotationsOf(await api.get(PATH))[INSTALLING];
}

/** A run goes on where one before it was cut off: then what that one made is taken back with the rest. */
export async function runFor(api: ObjectApi): Promise<string> {
  return (await unfinishedRun(api)) ?? randomUUID();
}

/**
 * Comes before anything is changed, so that a run that is cut off can be known by it. Of two that begin at once, one
 * gets an AppError: the two would not know each other's objects for their own.
 */
export async function openRun({ api, run }: World): Promise<void> {
  for (;;) {
    const found = await api.get(PATH);
    const open = annotationsOf(found)[INSTALLING];
    if (open === run) return;
    if (open !== undefined) throw new AppError('metallb', BEGUN_MEANWHILE, 'Try again: it goes on from there.');
    if (record(found?.metadata).deletionTimestamp !== undefined) throw new AppError('metallb', GOING, WAIT_FOR_IT);
    try {
      return await (found === undefined ? createWith(api, run) : markWith(api, run, found));
    } catch (error) {
      // Somebody else was faster: what there is now decides.
      if (!(error instanceof StatusError && error.status === 409)) throw error;
    }
  }
}

const BEGUN_MEANWHILE = 'Another installation of MetalLB has begun in this cluster meanwhile.';
const GOING = `The namespace ${NAMESPACE} is still being removed.`;
const WAIT_FOR_IT = `Wait until kubectl get namespace ${NAMESPACE} does not find it any more, then try again.`;

async function createWith(api: ObjectApi, run: string): Promise<void> {
  const { metadata, ...rest } = namespaceObject();
  const annotations = { [RUN]: run, [INSTALLING]: run };
  await api.create(PATHS.namespaces, { ...rest, metadata: { ...metadata, annotations } });
}

async function markWith(api: ObjectApi, run: string, found: RawObject): Promise<void> {
  const { resourceVersion } = record(found.metadata);
  await api.merge(PATH, { metadata: { resourceVersion, annotations: { [INSTALLING]: run } } });
}

/** Tells others of the run that its helm is at work; what they read by `heartbeat` changes. */
export async function beat(api: ObjectApi): Promise<void> {
  await api.merge(PATH, { metadata: { annotations: { [HELM]: randomUUID() } } });
}

/** The last beat of a run's helm; `''` for none. */
export async function heartbeat(api: ObjectApi): Promise<string> {
  return annotationsOf(await api.get(PATH))[HELM] ?? '';
}

/** Ends the run. */
export async function closeRun(api: ObjectApi): Promise<void> {
  if ((await unfinishedRun(api)) === undefined) return;
  await api.merge(PATH, { metadata: { annotations: { [INSTALLING]: null, [HELM]: null } } });
}
