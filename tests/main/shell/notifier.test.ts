import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Notifier } from '../../../main/shell/notifier.ts';
import { appState, withCluster, withPending } from './states.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function desk() {
  const shown: string[] = [];
  const user = { isWatching: false };
  const notifier = new Notifier({ show: ({ title }) => shown.push(title), isWatched: () => user.isWatching });
  return { shown, user, notifier };
}

test('names that come one after another are one notification', () => {
  const { shown, notifier } = desk();
  for (const changes of [1, 2, 3]) {
    notifier.update(withPending(changes));
    vi.advanceTimersByTime(500);
  }
  vi.advanceTimersByTime(2_000);
  expect(shown).toEqual(['3 changes to sync']);
});

test('what was over before anybody was told is not told', () => {
  const { shown, notifier } = desk();
  notifier.update(withPending(1));
  notifier.update(appState());
  vi.advanceTimersByTime(60_000);
  expect(shown).toEqual([]);
});

test('there is one in half a minute, with all that happened meanwhile', () => {
  const { shown, notifier } = desk();
  notifier.update(withPending(1));
  vi.advanceTimersByTime(2_000);
  for (const changes of [2, 3, 4]) {
    notifier.update(withPending(changes));
    vi.advanceTimersByTime(5_000);
  }
  expect(shown).toEqual(['1 change to sync']);
  vi.advanceTimersByTime(15_000);
  expect(shown).toEqual(['1 change to sync', '4 changes to sync']);
});

test('who looks at the window is not told, and not told later', () => {
  const { shown, user, notifier } = desk();
  user.isWatching = true;
  notifier.update(withPending(1));
  vi.advanceTimersByTime(2_000);
  user.isWatching = false;
  notifier.update(withPending(1));
  vi.advanceTimersByTime(60_000);
  expect(shown).toEqual([]);
  notifier.update(withPending(2));
  vi.advanceTimersByTime(2_000);
  expect(shown).toEqual(['2 changes to sync']);
});

test('an outage is told when it lasts, though nothing else happens', () => {
  const { shown, notifier } = desk();
  notifier.update(withCluster({ connection: 'unreachable' }));
  vi.advanceTimersByTime(299_000);
  expect(shown).toEqual([]);
  vi.advanceTimersByTime(5_000);
  expect(shown).toEqual(['homelab cannot be reached']);
  vi.advanceTimersByTime(3_600_000);
  expect(shown).toHaveLength(1);
});

test('waiting for an outage to last holds nothing else back', () => {
  const { shown, notifier } = desk();
  const lost = withCluster({ connection: 'unreachable' });
  notifier.update(lost);
  vi.advanceTimersByTime(10_000);
  notifier.update(withPending(2, { cluster: lost.cluster }));
  vi.advanceTimersByTime(2_000);
  expect(shown).toEqual(['2 changes to sync']);
});

test('after its end nothing is told', () => {
  const { shown, notifier } = desk();
  notifier.update(withPending(1));
  notifier.stop();
  vi.advanceTimersByTime(60_000);
  expect(shown).toEqual([]);
});
