import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MemoryRelease } from '../../../main/sync/memory.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

test('what work left is collected once there has been none for a while, and not before', async () => {
  const garbage = new WeakRef({ of: 'a pass' });
  const memory = new MemoryRelease();
  memory.afterWork();
  // What a WeakRef was made of, or gave, lives to the end of that turn.
  await nextTurn();
  vi.advanceTimersByTime(4_000);
  memory.afterWork();
  vi.advanceTimersByTime(4_000);
  expect(garbage.deref()).toBeDefined();
  await nextTurn();
  vi.advanceTimersByTime(1_001);
  expect(garbage.deref()).toBeUndefined();
});

test('nothing happens once it is stopped', () => {
  const memory = new MemoryRelease();
  memory.afterWork();
  memory.stop();
  expect(vi.getTimerCount()).toBe(0);
});
