import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { beginPass, endPass, IDLE, isDue, requestPass, type Schedule } from '../../../main/sync/schedule.ts';
import { RUNS } from '../../arbitraries.ts';

/** Plays events at these times against passes of one length; gives when passes began. */
function play(events: readonly number[], duration: number): number[] {
  const began: number[] = [];
  let schedule: Schedule = IDLE;
  let busyUntil = 0;
  const runDue = (until: number) => {
    while (schedule.dueAt !== undefined && Math.max(schedule.dueAt, busyUntil) <= until) {
      const now = Math.max(schedule.dueAt, busyUntil);
      expect(isDue(schedule, now)).toBe(true);
      began.push(now);
      schedule = endPass(beginPass(schedule), now + duration, duration);
      busyUntil = now + duration;
    }
  };
  for (const at of events) {
    runDue(at - 1);
    schedule = requestPass(schedule, at);
  }
  runDue(Number.POSITIVE_INFINITY);
  return began;
}

describe('passes', () => {
  test('nothing asks: none', () => expect(play([], 10)).toEqual([]));

  test('the first event makes one at once', () => expect(play([1_000], 10)).toEqual([1_000]));

  test('events that come together are one pass', () => expect(play([1_000, 1_000, 1_000], 10)).toEqual([1_000]));

  test('an event during a pass makes one more, after a rest as long as the pass', () =>
    expect(play([1_000, 1_005, 1_008], 10)).toEqual([1_000, 1_020]));

  test('a steady stream cannot put a pass off', () => {
    const began = play(
      Array.from({ length: 1_000 }, (_, n) => 1_000 + n),
      10,
    );
    expect(began.length).toBeGreaterThan(40);
    expect(Math.max(...began.map((at, n) => at - (began[n - 1] ?? at)))).toBeLessThanOrEqual(20);
  });

  test('a cluster that flaps for minutes gets five a second', () => {
    const began = play(
      Array.from({ length: 60_000 }, (_, n) => n * 2),
      5,
    );
    const lastMinute = began.filter(at => at > 60_000);
    expect(lastMinute.length).toBeLessThanOrEqual(5 * 60 + 2);
    expect(lastMinute.length).toBeGreaterThan(100);
  });

  test('one asked for later does not put off one that is due, nor the other way round', () => {
    const later = requestPass(IDLE, 5_000);
    expect(requestPass(later, 1_000).dueAt).toBe(1_000);
    expect(requestPass(requestPass(IDLE, 1_000), 5_000).dueAt).toBe(1_000);
  });

  const times = fc.array(fc.nat(20_000), { maxLength: 200 }).map(list => list.sort((a, b) => a - b));
  property.prop([times, fc.integer({ min: 1, max: 200 })], { numRuns: RUNS })(
    'every event is followed by a pass that begins after it, and passes never overlap',
    (events, duration) => {
      const began = play(events, duration);
      for (const at of events) expect(began.some(begin => begin >= at)).toBe(true);
      for (const [n, at] of began.entries())
        if (n > 0) expect(at - (began[n - 1] ?? 0)).toBeGreaterThanOrEqual(2 * duration);
    },
  );
});
