import { annotationsOf, type ObjectApi, type RawObject } from '../../cluster/object-api.ts';
import { record } from '../../cluster/raw.ts';
import { isOurs } from '../detect/ours.ts';
import { BEFORE, MANAGED_BY, OUR_PIN, RUN } from '../objects.ts';
import { before, isOfRun, isTouched, takeBack } from './own.ts';
import { CONFIG, ourPin, servicePath } from './pin.ts';
import { PINNED, pinIn, valuesOf, withPin } from './pinned-values.ts';
import { done, type Step, todo, type World } from './step.ts';

/** What is taken away: what one run made and changed, or all of an installation of ours. */
export type Extent = 'run' | 'all';

/** Traefik does not ask for the address that this program chose any more; what else others have set since stays. */
export function unpin(extent: Extent): Step {
  const paths = ({ traefik }: World) => [CONFIG, ...(traefik === undefined ? [] : [servicePath(traefik)])];
  const isDue = (found: RawObject | undefined, { run }: World) =>
    extent === 'run' ? isTouched(found, run) : ourPin(found) !== undefined;
  return {
    ...{ id: 'pin', title: 'Traefik’s own address', patienceMs: 3 * 60_000, hint: 'Try again.' },
    check: async world => {
      const found = await Promise.all(paths(world).map(path => world.api.get(path)));
      return found.some(each => isDue(each, world)) ? todo('') : done();
    },
    apply: async world => {
      for (const path of paths(world)) {
        const found = await world.api.get(path);
        if (!isDue(found, world)) continue;
        if (extent === 'run' && !isEdited(path, found, world.run)) await takeBack(world, path);
        else if (path === CONFIG) await unpinConfig(world.api, found, extent === 'run' ? before(found, world.run) : {});
        else await unpinService(world.api, path, found);
      }
    },
  };
}

/** They are not any more what the run made of them: somebody else has been at them since. */
function isEdited(path: string, found: RawObject | undefined, run: string): boolean {
  if (path !== CONFIG) return annotationsOf(found)[PINNED] !== ourPin(found);
  const then = isOfRun(found, run) ? '' : valuesOf(before(found, run));
  return valuesOf(found) !== withPin(then, ourPin(found));
}

/** Only the address goes, and with it settings of ours that hold nothing else; `then` are those to go back to. */
async function unpinConfig(api: ObjectApi, found: RawObject | undefined, then: RawObject = {}): Promise<void> {
  const valuesContent = withPin(valuesOf(found), pinIn(valuesOf(then)) || undefined);
  const isEmpty = /^(\{\})?$/.test(valuesContent.trim()) && Object.keys(record(found?.spec)).length <= 1;
  if (isOurs(found) && isEmpty) return void (await api.remove(CONFIG));
  const labels = isOurs(found) ? { labels: Object.fromEntries(Object.keys(MANAGED_BY).map(key => [key, null])) } : {};
  const annotations = { [OUR_PIN]: ourPin(then) ?? null, [BEFORE]: null, [RUN]: null };
  await api.merge(CONFIG, { spec: { valuesContent }, metadata: { ...labels, annotations } });
}

/** Where somebody has it ask for another address since, that one stays. */
async function unpinService(api: ObjectApi, path: string, found: RawObject | undefined): Promise<void> {
  const isOurPin = annotationsOf(found)[PINNED] === ourPin(found);
  const annotations = { ...(isOurPin && { [PINNED]: null }), [OUR_PIN]: null, [BEFORE]: null };
  await api.merge(path, { metadata: { annotations } });
}
