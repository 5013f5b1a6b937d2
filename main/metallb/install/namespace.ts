import { randomUUID } from 'node:crypto';
import { annotationsOf, type ObjectApi } from '../../cluster/object-api.ts';
import { NAMESPACE, namespaceObject, PATHS, RUN } from '../objects.ts';
import type { World } from './step.ts';

const PATH = `${PATHS.namespaces}/${NAMESPACE}`;

/** Annotation of the namespace: the run that has begun and is not over. */
const INSTALLING = 'cluster-hosts/installing';

/** The run that was begun in this cluster and neither came to its end nor was taken back. */
export async function unfinishedRun(api: ObjectApi): Promise<string | undefined> {
  return annotationsOf(await api.get(PATH))[INSTALLING];
}

/** A run goes on where one before it was cut off: then what that one made is taken back with the rest. */
export async function runFor(api: ObjectApi): Promise<string> {
  return (await unfinishedRun(api)) ?? randomUUID();
}

/** Comes before anything is changed, so that a run that is cut off can be known by it. */
export async function openRun({ api, run }: World): Promise<void> {
  const found = await api.get(PATH);
  if (annotationsOf(found)[INSTALLING] === run) return;
  if (found !== undefined) return void (await api.merge(PATH, { metadata: { annotations: { [INSTALLING]: run } } }));
  const { metadata, ...rest } = namespaceObject();
  const annotations = { [RUN]: run, [INSTALLING]: run };
  await api.create(PATHS.namespaces, { ...rest, metadata: { ...metadata, annotations } });
}

/** Ends the run. */
export async function closeRun(api: ObjectApi): Promise<void> {
  if ((await unfinishedRun(api)) === undefined) return;
  await api.merge(PATH, { metadata: { annotations: { [INSTALLING]: null } } });
}
