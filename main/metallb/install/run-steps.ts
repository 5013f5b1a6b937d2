import type { InstallStep } from '../../../preload/installer.ts';
import { MalformedError } from '../../cluster/body.ts';
import { plainText } from '../../cluster/plain-text.ts';
import { isUnanswered, StatusError } from '../../cluster/requests.ts';
import { AppError } from '../../errors.ts';
import { failed, type Standing, type Step, type World, waiting } from './step.ts';

/** How a row of steps ended. */
export type Ending =
  | { readonly state: 'done' }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly message: string; readonly hint: string };

/** Looked at again after so long, and after a while less often: what is slow now stays slow. */
const LOOK_MS = 400;
const LOOK_LATER_MS = 2_000;
const LATER_MS = 30_000;

/**
 * Does one step after the other; one that is done already is only looked at. It ends early when `world.cancelled` is
 * aborted, between two steps or where one only waits. `tell` hears of every change of a row.
 */
export async function runSteps(
  steps: readonly Step[],
  world: World,
  tell: (step: InstallStep) => void,
  undoing = false,
): Promise<Ending> {
  for (const step of steps) {
    if (world.cancelled.aborted) return { state: 'stopped' };
    const startedAt = Date.now();
    const row = { id: step.id, title: step.title, hint: '', startedAt } as const;
    const say = (message: string) =>
      tell({ ...row, state: undoing ? 'undoing' : 'running', message: plainText(message) });
    say('');
    const standing = await finish(step, world, say);
    if (standing === 'stopped') {
      tell({ ...row, state: 'waiting', message: '' });
      return { state: 'stopped' };
    }
    const message = plainText(standing.message);
    if (standing.state === 'failed') {
      const hint = plainText(standing.hint);
      tell({ ...row, state: 'failed', message, hint, endedAt: Date.now() });
      return { state: 'failed', message: `${step.title}: ${message}`, hint };
    }
    tell({ ...row, state: undoing ? 'undone' : 'done', message, endedAt: Date.now() });
  }
  return { state: 'done' };
}

/** Applies a step where it has to be, and waits until it is done. */
async function finish(step: Step, world: World, say: (message: string) => void): Promise<Standing | 'stopped'> {
  const { clock, cancelled } = world;
  const startedAt = clock.now();
  let applied = false;
  for (;;) {
    let standing = await attempt(() => step.check(world));
    if (standing.state === 'todo' && step.apply !== undefined && !applied) {
      if (cancelled.aborted) return 'stopped';
      say(standing.message);
      const { apply } = step;
      standing = await attempt(() => apply(world).then(() => APPLIED));
      applied = standing === APPLIED;
      if (applied) continue;
    }
    if (standing.state === 'done') return standing;
    // What was cut off on purpose has not failed.
    if (standing.state === 'failed') return cancelled.aborted ? 'stopped' : standing;
    if (standing.message !== '') say(standing.message);
    if (cancelled.aborted) return 'stopped';
    const waited = clock.now() - startedAt;
    if (waited >= step.patienceMs) return failed(standing.message || 'It takes too long.', step.hint);
    await clock.sleep(waited < LATER_MS ? LOOK_MS : LOOK_LATER_MS, cancelled);
  }
}

const APPLIED = waiting('');

/** The cluster may be away for a while, or be busy: that is waited for. A no is a no. */
async function attempt(work: () => Promise<Standing>): Promise<Standing> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AppError) return failed(error.message, error.hint);
    if (error instanceof StatusError) return refused(error);
    if (!isUnanswered(error) && !(error instanceof MalformedError)) throw error;
    return waiting('The cluster does not answer; it is tried again.');
  }
}

function refused({ status, message }: StatusError): Standing {
  switch (status) {
    case 401:
      return failed('The login is not accepted any more.', 'Log in again, then try once more.');
    case 403:
      return failed(`The cluster refuses it: ${message}`, 'Ask for the right, then try once more.');
    case 409:
    case 422:
      return failed(`The cluster does not take it: ${message}`, 'Look at what is there, then try once more.');
    default:
      return waiting(`The cluster answers with ${status}: ${message} It is tried again.`);
  }
}
