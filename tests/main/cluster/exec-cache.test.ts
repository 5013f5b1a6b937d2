import { expect, test } from 'vitest';
import { ExecCache } from '../../../main/cluster/exec-cache.ts';
import type { ExecCredential } from '../../../main/cluster/exec-credential.ts';

const MINUTE = 60_000;

/** A cache at a time that the test moves; each run gives the next token, which lives as long as `life` says then. */
function setUp(life: number) {
  const world = { now: 1_000_000, runs: 0, life, fails: false };
  const run = async (): Promise<ExecCredential> => {
    world.runs += 1;
    const token = `token ${world.runs}`;
    await Promise.resolve();
    if (world.fails) throw new Error('no');
    return { token, certificate: '', key: '', expires: world.now + world.life };
  };
  return { world, cache: new ExecCache(run, () => world.now) };
}

test('keeps a credential until a minute before it expires', async () => {
  const { world, cache } = setUp(60 * MINUTE);
  const first = await cache.current();
  world.now += 59 * MINUTE - 1;
  expect(await cache.current()).toBe(first);
  world.now += 1;
  expect(await cache.current()).toMatchObject({ token: 'token 2' });
});

test('keeps a short-lived one for nine tenths of its life', async () => {
  const { world, cache } = setUp(MINUTE);
  const first = await cache.current();
  world.now += 0.9 * MINUTE - 1;
  expect(await cache.current()).toBe(first);
  world.now += 1;
  expect(await cache.current()).not.toBe(first);
});

test('keeps one that never expires, and does not keep one that has', async () => {
  const forever = setUp(Number.POSITIVE_INFINITY);
  const first = await forever.cache.current();
  forever.world.now += 1e12;
  expect(await forever.cache.current()).toBe(first);

  const over = setUp(-MINUTE);
  expect(await over.cache.current()).not.toBe(await over.cache.current());
});

test('asks once for all who wait', async () => {
  const { world, cache } = setUp(60 * MINUTE);
  const [first, second] = await Promise.all([cache.current(), cache.current()]);
  expect(first).toBe(second);
  expect(world.runs).toBe(1);
});

test('asks again when the one it holds was refused, but only then and only once', async () => {
  const { world, cache } = setUp(60 * MINUTE);
  const first = await cache.current();
  const [second, again] = await Promise.all([cache.current(first), cache.current(first)]);
  expect(second).toMatchObject({ token: 'token 2' });
  expect(again).toBe(second);
  expect(await cache.current(first)).toBe(second);
  expect(world.runs).toBe(2);
});

test('does not keep a failure', async () => {
  const { world, cache } = setUp(60 * MINUTE);
  world.fails = true;
  await expect(cache.current()).rejects.toThrow('no');
  world.fails = false;
  expect(await cache.current()).toMatchObject({ token: 'token 2' });
});

test('gives out nothing refused when asking again fails', async () => {
  const { world, cache } = setUp(60 * MINUTE);
  const first = await cache.current();
  world.fails = true;
  await expect(cache.current(first)).rejects.toThrow('no');
  world.fails = false;
  expect(await cache.current()).toMatchObject({ token: 'token 3' });
});
