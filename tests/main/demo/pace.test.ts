import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { StatusError } from '../../../main/demo/api/status-error.ts';
import { Pace } from '../../../main/demo/pace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('things happen as many stages later as they take, in their order', () => {
  const seen: string[] = [];
  const pace = new Pace(100);
  pace.after(2, () => seen.push('second'));
  pace.after(1, () => seen.push('first'));
  vi.advanceTimersByTime(99);
  expect(seen).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(seen).toEqual(['first']);
  vi.advanceTimersByTime(100);
  expect(seen).toEqual(['first', 'second']);
  expect(vi.getTimerCount()).toBe(0);
});

test('at once: during the call they take no time, also what follows from them', () => {
  const seen: string[] = [];
  const pace = new Pace(100);
  pace.atOnce(() => pace.after(1, () => pace.after(1, () => seen.push('done'))));
  expect(seen).toEqual(['done']);
  pace.after(1, () => seen.push('later'));
  expect(seen).toEqual(['done']);
});

test('nothing happens after it was stopped', () => {
  const act = vi.fn();
  const pace = new Pace(100);
  pace.after(1, act);
  pace.stop();
  vi.advanceTimersByTime(1000);
  expect(act).not.toHaveBeenCalled();
});

test('what the API refuses by then is let be, other errors are not', () => {
  const pace = new Pace(100);
  pace.after(1, () => {
    throw new StatusError(404);
  });
  expect(() => vi.advanceTimersByTime(100)).not.toThrow();
  pace.after(1, () => {
    throw new Error('a bug');
  });
  expect(() => vi.advanceTimersByTime(100)).toThrow('a bug');
});
