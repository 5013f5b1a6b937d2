import { describe, expect, test } from 'vitest';
import { StatusError } from '../../../main/cluster/requests.ts';
import { AppError } from '../../../main/errors.ts';
import { runSteps } from '../../../main/metallb/install/run-steps.ts';
import {
  done,
  failed,
  type Standing,
  type Step,
  todo,
  type World,
  waiting,
} from '../../../main/metallb/install/step.ts';
import type { InstallStep } from '../../../preload/installer.ts';
import { hastyClock } from './hasty-clock.ts';

/** Of a world, what the runner itself looks at. */
function world(cancelled = new AbortController().signal): World {
  return { clock: hastyClock, cancelled } as Partial<World> as World;
}

/** A step that stands as told, the last for ever; an Error is thrown. */
function step(standings: readonly (Standing | Error)[], apply?: () => Promise<void>): Step {
  let at = 0;
  return {
    ...{ id: 'chart', title: 'A step', patienceMs: 60_000, hint: 'Look there.', ...(apply && { apply }) },
    check: async () => {
      const standing = standings[Math.min(at++, standings.length - 1)] ?? done();
      if (standing instanceof Error) throw standing;
      return standing;
    },
  };
}

async function run(steps: readonly Step[], cancelled?: AbortSignal) {
  const told: InstallStep[] = [];
  const ending = await runSteps(steps, world(cancelled), each => told.push(each));
  return { ending, told, states: told.map(({ state }) => state) };
}

const refusal = (status: number) => new StatusError(status, 'no', undefined);
const network = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

describe('steps', () => {
  test('what is done already is not applied', async () => {
    const { ending, states } = await run([step([done()], () => Promise.reject(new Error('applied')))]);
    expect([ending, states]).toEqual([{ state: 'done' }, ['running', 'done']]);
  });

  test('are applied once, then waited for', async () => {
    let applied = 0;
    const apply = async () => {
      applied += 1;
    };
    const { ending, told } = await run([step([todo('Beginning.'), todo(''), waiting('Soon.'), done('There.')], apply)]);
    expect([ending, applied]).toEqual([{ state: 'done' }, 1]);
    expect(told.map(({ message }) => message)).toEqual(['', 'Beginning.', 'Soon.', 'There.']);
  });

  test('end with what was waited for where it never comes', async () => {
    const { ending } = await run([step([waiting('No pod.')])]);
    expect(ending).toEqual({ state: 'failed', message: 'A step: No pod.', hint: 'Look there.' });
  });

  test.each([401, 403, 409, 422])('end at once with a no (%i)', async status => {
    const { ending, states } = await run([step([refusal(status)])]);
    expect([ending.state, states]).toEqual(['failed', ['running', 'failed']]);
  });

  test.each([[refusal(429)], [refusal(500)], [refusal(503)], [network]])(
    'wait out what may pass (%s)',
    async trouble => {
      const { ending } = await run([step([trouble, trouble, done()])]);
      expect(ending).toEqual({ state: 'done' });
    },
  );

  test('are applied again where applying itself did not get through', async () => {
    let tries = 0;
    const apply = () => (++tries < 3 ? Promise.reject(network) : Promise.resolve());
    const { ending } = await run([step([todo(''), todo(''), todo(''), done()], apply)]);
    expect([ending, tries]).toEqual([{ state: 'done' }, 3]);
  });

  test('do not hide a fault of our own, which has a code where Node finds it', async () => {
    await expect(run([step([new TypeError('a bug')])])).rejects.toThrow('a bug');
    const invalid = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
    await expect(run([step([invalid])])).rejects.toThrow('Invalid URL');
  });

  test('stop where one waits, and what comes after is not begun', async () => {
    const cancel = new AbortController();
    const second = step([failed('It was begun.', '')]);
    const first = step([todo('')], async () => cancel.abort());
    expect((await run([first, second], cancel.signal)).ending).toEqual({ state: 'stopped' });
  });

  test('that are cut off by it have not failed', async () => {
    const cancel = new AbortController();
    const apply = async () => {
      cancel.abort();
      throw new AppError('metallb', 'helm failed: context canceled', '');
    };
    expect((await run([step([todo('')], apply)], cancel.signal)).ending).toEqual({ state: 'stopped' });
  });

  test('that are under way are finished when they are stopped', async () => {
    const cancel = new AbortController();
    const first = step([todo(''), done()], async () => cancel.abort());
    const { ending, states } = await run([first, step([done()])], cancel.signal);
    expect([ending, states.at(-1)]).toEqual([{ state: 'stopped' }, 'done']);
  });
});
