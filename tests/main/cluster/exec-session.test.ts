import { expect, test } from 'vitest';
import type { ExecCredential } from '../../../main/cluster/exec-credential.ts';
import { ExecSession } from '../../../main/cluster/exec-session.ts';

const MINUTE = 60_000;

/** A session at a time that the test moves; each run gives the next token, which lives as long as `life` says then. */
function setUp(life: number) {
  const world = { now: 1_000_000, runs: 0, life, fails: false };
  const run = async (): Promise<ExecCredential> => {
    world.runs += 1;
    const token = `token ${world.runs}`;
    await Promise.resolve();
    if (world.fails) throw new Error('no');
    return { token, certificate: '', key: '', expires: world.now + world.life };
  };
  return { world, session: new ExecSession(run, () => world.now) };
}

test('keeps a credential until a minute before it expires', async () => {
  const { world, session } = setUp(60 * MINUTE);
  const first = await session.current();
  world.now += 59 * MINUTE - 1;
  expect(await session.current()).toBe(first);
  world.now += 1;
  expect(await session.current()).toMatchObject({ token: 'token 2' });
});

test('keeps a short-lived one for nine tenths of its life', async () => {
  const { world, session } = setUp(MINUTE);
  const first = await session.current();
  world.now += 0.9 * MINUTE - 1;
  expect(await session.current()).toBe(first);
  world.now += 1;
  expect(await session.current()).not.toBe(first);
});

test('keeps one that never expires, and does not keep one that has', async () => {
  const forever = setUp(Number.POSITIVE_INFINITY);
  const first = await forever.session.current();
  forever.world.now += 1e12;
  expect(await forever.session.current()).toBe(first);

  const over = setUp(-MINUTE);
  expect(await over.session.current()).not.toBe(await over.session.current());
});

test('asks once for all who wait', async () => {
  const { world, session } = setUp(60 * MINUTE);
  const [first, second] = await Promise.all([session.current(), session.current()]);
  expect(first).toBe(second);
  expect(world.runs).toBe(1);
});

test('asks again when the one it holds was refused, but only then and only once', async () => {
  const { world, session } = setUp(60 * MINUTE);
  const first = await session.current();
  const [second, again] = await Promise.all([session.current(first), session.current(first)]);
  expect(second).toMatchObject({ token: 'token 2' });
  expect(again).toBe(second);
  expect(await session.current(first)).toBe(second);
  expect(world.runs).toBe(2);
});

test('does not keep a failure', async () => {
  const { world, session } = setUp(60 * MINUTE);
  world.fails = true;
  await expect(session.current()).rejects.toThrow('no');
  world.fails = false;
  expect(await session.current()).toMatchObject({ token: 'token 2' });
});

test('gives out nothing refused when asking again fails', async () => {
  const { world, session } = setUp(60 * MINUTE);
  const first = await session.current();
  world.fails = true;
  await expect(session.current(first)).rejects.toThrow('no');
  world.fails = false;
  expect(await session.current()).toMatchObject({ token: 'token 3' });
});
