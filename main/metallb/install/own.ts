import { annotationsOf, type KubeObject, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { record } from '../../cluster/raw.ts';
import { BEFORE, OUR_PIN, RUN } from '../objects.ts';
import { openRun } from './namespace.ts';
import type { World } from './step.ts';

/** Made by this run, or by one before it that did not come to its end. */
export function isOfRun(object: RawObject | undefined, run: string): boolean {
  return annotationsOf(object)[RUN] === run;
}

/**
 * Makes an object, or brings one of ours to the wished spec. What is made carries the run; of what is changed, the old
 * spec is kept with it until the run is over.
 */
export async function put(world: World, collection: string, object: KubeObject): Promise<void> {
  const { api, run } = world;
  const { metadata } = object;
  await openRun(world);
  const found = await api.get(`${collection}/${metadata.name}`);
  const marks = found === undefined || isOfRun(found, run) ? { [RUN]: run } : marksOf(found, run);
  await api.apply(collection, {
    ...object,
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...marks } },
  });
}

/** An annotation that server-side apply is not given again is taken away by it: those of before have to be repeated. */
function marksOf(found: RawObject, run: string): Readonly<Record<string, string>> {
  const { [RUN]: maker, [OUR_PIN]: pin = null } = annotationsOf(found);
  const kept = toKeep(found, run, { spec: found.spec, metadata: { annotations: { [OUR_PIN]: pin } } });
  return { ...(maker !== undefined && { [RUN]: maker }), ...kept };
}

/** The annotation that keeps what a run changes of an object, as the patch that would undo it; the first one counts. */
export function toKeep(found: RawObject | undefined, run: string, patch: RawObject): Readonly<Record<string, string>> {
  return { [BEFORE]: JSON.stringify({ run, patch: before(found, run) ?? patch }) };
}

/** The merge patch that makes an object what it was before a run changed it; `undefined` where that run did not. */
export function before(object: RawObject | undefined, run: string): RawObject | undefined {
  try {
    const kept = record(JSON.parse(String(keptOf(object))));
    return kept.run === run ? record(kept.patch) : undefined;
  } catch {
    return undefined;
  }
}

/** The annotation, however long it is. */
function keptOf(object: RawObject | undefined): unknown {
  return record(record(object?.metadata).annotations)[BEFORE];
}

/** Whether a run has something to take back of an object: it made it, or it changed it. */
export function isTouched(object: RawObject | undefined, run: string): boolean {
  return isOfRun(object, run) || before(object, run) !== undefined;
}

/** Takes back what a run did to an object: away with what it made, the old fields for what it changed. */
export async function takeBack({ api, run }: World, path: string): Promise<void> {
  const found = await api.get(path);
  if (isOfRun(found, run)) return void (await api.remove(path));
  const old = before(found, run);
  if (old === undefined) return;
  const annotations = { ...record(record(old.metadata).annotations), [BEFORE]: null };
  const spec = old.spec === undefined ? {} : { spec: replaced(record(found?.spec), record(old.spec)) };
  await api.merge(path, { ...spec, metadata: { annotations } });
}

/** Of a merge patch that makes `now` what it was, fields that came since have to be named as gone. */
function replaced(now: RawObject, then: RawObject): RawObject {
  const gone = Object.keys(now).filter(key => !(key in then));
  return { ...then, ...Object.fromEntries(gone.map(key => [key, null])) };
}

/** The run is over: what it changed stays. */
export async function forgetBefore(api: ObjectApi, path: string): Promise<void> {
  if (keptOf(await api.get(path)) === undefined) return;
  await api.merge(path, { metadata: { annotations: { [BEFORE]: null } } });
}
