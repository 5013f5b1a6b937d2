import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Result } from '../../../../main/hosts/elevated/carry-out.ts';
import { LONGEST_MS } from '../../../../main/hosts/elevated/request.ts';
import { ByHand } from '../../../../main/hosts/elevation/by-hand.ts';
import { ElevatedWriter } from '../../../../main/hosts/elevation/elevated-writer.ts';
import type { Answer, Elevator } from '../../../../main/hosts/elevation/elevator.ts';
import type { StagedPlan } from '../../../../main/hosts/elevation/stage.ts';
import { type FileSystem, nodeFileSystem } from '../../../../main/hosts/file-system.ts';
import { digestOf } from '../../../../main/hosts/text.ts';
import { limitedFileSystem } from '../../../faulty-file-system.ts';
import { SmallWorld } from './small-world.ts';

const OLD = '127.0.0.1\tlocalhost\n10.0.0.1 router # caf\xe9\n';

let world: SmallWorld;
let asked: StagedPlan[];
let umask: number;
beforeEach(() => {
  world = new SmallWorld(OLD);
  asked = [];
  umask = process.umask();
});
afterEach(() => {
  process.umask(umask);
  world.remove();
});

type Run = (plan: StagedPlan, isDone: () => boolean) => Promise<Answer>;

const grant: Run = async ({ token }) => ({ answer: 'result', result: await world.carryOut(token) });

/** A writer whose user answers so. */
function writer(run: Run, fs: FileSystem = nodeFileSystem): ElevatedWriter {
  const elevator: Elevator = {
    run: (plan, isDone) => {
      asked.push(plan);
      return run(plan, isDone);
    },
  };
  const byHand = new ByHand({
    platform: 'linux',
    program: ['/opt/my node/node', '/opt/helper.cjs'],
    reason: 'because',
    tell: undefined,
    interrupted: new AbortController().signal,
  });
  return new ElevatedWriter(world.path, world.plans, elevator, byHand, fs);
}

const plans = () => (existsSync(world.plans) ? readdirSync(world.plans) : []);

describe('asked once, and the file tells what came of it', () => {
  test('applied', async () => {
    const change = world.change();
    expect(await writer(grant).write(change)).toEqual({ outcome: 'done' });
    expect(world.text).toBe(change.text);
    expect([asked.length, plans()]).toEqual([1, []]);
  });

  test('declined', async () => {
    expect(await writer(async () => ({ answer: 'declined' })).write(world.change())).toEqual({
      outcome: 'declined',
      message: 'The administrator’s password was not given.',
      hint: 'Nothing was written.',
    });
    expect([world.text, asked.length, plans()]).toEqual([OLD, 1, []]);
  });

  test('what is there already asks nobody', async () => {
    const change = world.change();
    world.text = change.text;
    expect(await writer(grant).write(change)).toEqual({ outcome: 'no-change' });
    expect(asked).toEqual([]);
  });

  test('changed before the question: nobody is asked', async () => {
    const change = world.change();
    world.text = `${OLD}10.0.0.2 printer\n`;
    expect(await writer(grant).write(change)).toMatchObject({ outcome: 'changed-meanwhile' });
    expect([world.text, asked, plans()]).toEqual([`${OLD}10.0.0.2 printer\n`, [], []]);
  });

  test('a file that cannot be read asks nobody either', async () => {
    const change = world.change();
    rmSync(world.path);
    mkdirSync(world.path);
    expect(await writer(grant).write(change)).toMatchObject({ outcome: 'changed-meanwhile' });
    expect(asked).toEqual([]);
  });

  test.each<[string, Run]>([
    ['and the helper sees it', grant],
    ['and the answer is a failure', async () => ({ answer: 'failed', detail: 'x' })],
    ['and nothing is heard', async () => ({ answer: 'silent' })],
  ])('changed during the question, %s: not written over', async (_, run) => {
    const changed = `${OLD}10.0.0.2 printer\n`;
    const outcome = await writer((plan, isDone) => {
      world.text = changed;
      return run(plan, isDone);
    }).write(world.change());
    expect(outcome).toMatchObject({ outcome: 'changed-meanwhile' });
    expect([world.text, asked.length]).toEqual([changed, 1]);
  });

  test.each<Answer>([
    { answer: 'result', result: { outcome: 'done' } },
    { answer: 'result', result: { outcome: 'no-change' } },
  ])('said to be done, and is not: %j', async answer => {
    expect(await writer(async () => answer).write(world.change())).toEqual({
      outcome: 'failed',
      message: 'The write is said to be done, but the file is another one.',
      hint: 'Look at the changes again.',
    });
    expect(plans()).toEqual([]);
  });

  test('done, and changed by somebody else at once: not "nothing was written"', async () => {
    const run: Run = async plan => {
      const answer = await grant(plan, () => true);
      world.text = `${world.text}10.0.0.2 printer\n`;
      return answer;
    };
    expect(await writer(run).write(world.change())).toMatchObject({
      outcome: 'failed',
      message: 'The write is said to be done, but the file is another one.',
    });
  });

  test.each<Answer>([
    { answer: 'failed', detail: 'it said nothing' },
    { answer: 'declined' },
    { answer: 'silent' },
    { answer: 'nobody-to-ask', detail: 'x' },
    { answer: 'result', result: { outcome: 'failed', message: 'm', hint: 'h' } },
  ])('said not to be done, and is: %j', async answer => {
    const run: Run = async (plan, isDone) => {
      expect(isDone()).toBe(false);
      await grant(plan, isDone);
      expect(isDone()).toBe(true);
      return answer;
    };
    expect(await writer(run).write(world.change())).toEqual({ outcome: 'done' });
    expect([asked.length, plans()]).toEqual([1, []]);
  });

  test('an elevator that throws, now or later, has failed; the plan goes', async () => {
    const throwing: Run[] = [
      () => {
        throw new Error('spawn E2BIG');
      },
      () => Promise.reject(new Error('spawn E2BIG')),
    ];
    for (const run of throwing) {
      expect(await writer(run).write(world.change())).toEqual({
        outcome: 'failed',
        message: 'The write could not be started (spawn E2BIG).',
        hint: 'Nothing was written.',
      });
      expect(plans()).toEqual([]);
    }
  });

  test.each<[Result, string]>([
    [{ outcome: 'refused', message: 'No.', hint: 'Sync.' }, 'failed'],
    [{ outcome: 'not-permitted', message: 'No.', hint: 'Sync.' }, 'not-permitted'],
    [{ outcome: 'changed-meanwhile', message: 'No.', hint: 'Sync.' }, 'changed-meanwhile'],
    [{ outcome: 'failed', message: 'No.', hint: 'Sync.' }, 'failed'],
  ])('what the helper says is told: %j', async (result, outcome) => {
    expect(await writer(async () => ({ answer: 'result', result })).write(world.change())).toEqual({
      outcome,
      message: 'No.',
      hint: 'Sync.',
    });
  });
});

test('silent: the plan stays, and may still be carried out; the next write sees that it was', async () => {
  const change = world.change();
  const silent = writer(async () => ({ answer: 'silent' }));
  expect(await silent.write(change)).toMatchObject({ outcome: 'failed', hint: expect.stringContaining('dialog') });
  expect([world.text, plans().length]).toEqual([OLD, 1]);
  expect(await world.carryOut(asked[0]?.token ?? '')).toEqual({ outcome: 'done' });
  expect(await silent.write(change)).toEqual({ outcome: 'no-change' });
  expect(asked).toHaveLength(1);
});

test('while one is asked, a second write is refused without a second question', async () => {
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const one = writer(() => promise);
  const first = one.write(world.change());
  expect(await one.write(world.change('10.0.0.71'))).toEqual({
    outcome: 'failed',
    message: 'Administrator rights are being asked for already.',
    hint: 'Answer that question first.',
  });
  expect([asked.length, plans().length]).toEqual([1, 1]);
  resolve({ answer: 'declined' });
  expect(await first).toMatchObject({ outcome: 'declined' });
  await one.write(world.change('10.0.0.71'));
  expect(asked).toHaveLength(2);
});

test('nobody to ask: the exact command for a terminal, which does it', async () => {
  const change = world.change();
  const outcome = await writer(async () => ({ answer: 'nobody-to-ask', detail: 'no agent' })).write(change);
  const [{ token } = { token: '' }] = asked;
  expect(outcome).toEqual({
    outcome: 'not-permitted',
    message: 'Nobody could be asked for the administrator’s password (no agent).',
    hint: `Run this within the hour: sudo '/opt/my node/node' /opt/helper.cjs ${token}`,
  });
  expect([world.text, asked.length, plans().length]).toEqual([OLD, 1, 1]);
  expect(await world.carryOut(token)).toEqual({ outcome: 'done' });
  expect(world.text).toBe(change.text);
});

describe('plan files', () => {
  test.each([0o000, 0o022, 0o077])('are for this user only, with umask %o', async mask => {
    process.umask(mask);
    const run: Run = async plan => {
      expect(lstatSync(plan.path).mode & 0o7777).toBe(0o600);
      expect(lstatSync(world.plans).mode & 0o7777).toBe(0o700);
      return grant(plan, () => false);
    };
    expect(await writer(run).write(world.change())).toEqual({ outcome: 'done' });
  });

  test('that have expired are removed, and nothing else', async () => {
    const silent = writer(async () => ({ answer: 'silent' }));
    await silent.write(world.change());
    await silent.write(world.change());
    const [old = '', recent = ''] = plans();
    const hours = (count: number) => (Date.now() - count * LONGEST_MS) / 1000;
    utimesSync(join(world.plans, old), hours(1.1), hours(1.1));
    utimesSync(join(world.plans, recent), hours(0.9), hours(0.9));
    mkdirSync(join(world.plans, 'a-folder'));
    writeFileSync(join(world.plans, 'a-file'), '');
    for (const name of ['a-folder', 'a-file']) utimesSync(join(world.plans, name), hours(2), hours(2));
    expect(await writer(grant).write(world.change())).toEqual({ outcome: 'done' });
    expect(plans().sort()).toEqual([recent, 'a-file', 'a-folder'].sort());
  });

  test('that cannot be written: nobody is asked', async () => {
    const fs = limitedFileSystem(call => (call === 'writeFileSync' ? 'ENOSPC' : undefined));
    expect(await writer(grant, fs).write(world.change())).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('ENOSPC'),
    });
    expect([asked, world.text]).toEqual([[], OLD]);
  });

  test('that cannot be removed: what is done is done', async () => {
    const fs = limitedFileSystem(call => (call === 'rmSync' ? 'EACCES' : undefined));
    expect(await writer(grant, fs).write(world.change())).toEqual({ outcome: 'done' });
  });

  test('another plan under the same token is refused', async () => {
    const run: Run = async plan => {
      writeFileSync(plan.path, '{"v":1,"op":"remove","cluster":null}');
      return grant(plan, () => false);
    };
    expect(await writer(run).write(world.change())).toMatchObject({ outcome: 'failed' });
    expect([digestOf(world.text), plans()]).toEqual([digestOf(OLD), []]);
  });
});
