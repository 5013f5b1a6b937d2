import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { onWake } from '../../../main/shell/power.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function computer(random = 0.5) {
  const power = new EventEmitter();
  const network = { isOnline: true };
  const woke: number[] = [];
  const told: boolean[] = [];
  const begin = performance.now();
  const stop = onWake(() => woke.push(performance.now() - begin), {
    power,
    isOnline: () => network.isOnline,
    onNetwork: () => told.push(network.isOnline),
    random: () => random,
  });
  return { power, network, woke, told, stop };
}

test.each([
  [0, 500],
  [0.999, 3_000],
])('after sleep it looks soon, by chance (%d) after about %d ms', (random, expected) => {
  const { power, woke } = computer(random);
  power.emit('resume');
  vi.advanceTimersByTime(10_000);
  expect(woke).toHaveLength(1);
  expect(Math.abs((woke[0] ?? 0) - expected)).toBeLessThan(10);
});

test('waking and unlocking are one', () => {
  const { power, woke } = computer();
  power.emit('resume');
  vi.advanceTimersByTime(1_000);
  power.emit('unlock-screen');
  vi.advanceTimersByTime(5_000);
  expect(woke).toHaveLength(1);
  power.emit('unlock-screen');
  vi.advanceTimersByTime(5_000);
  expect(woke).toHaveLength(2);
});

test('coming online is like waking up; both ways are told at once', () => {
  const { network, woke, told } = computer();
  vi.advanceTimersByTime(60_000);
  network.isOnline = false;
  vi.advanceTimersByTime(60_000);
  expect(woke).toHaveLength(0);
  expect(told).toEqual([false]);
  network.isOnline = true;
  vi.advanceTimersByTime(60_000);
  expect(woke).toHaveLength(1);
  expect(told).toEqual([false, true]);
});

test('it ends', () => {
  const { power, network, woke, stop } = computer();
  power.emit('resume');
  network.isOnline = false;
  stop();
  network.isOnline = true;
  power.emit('resume');
  vi.advanceTimersByTime(60_000);
  expect(woke).toHaveLength(0);
  expect(power.eventNames()).toEqual([]);
});
