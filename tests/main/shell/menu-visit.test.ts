import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MenuVisit } from '../../../main/shell/menu-visit.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

type Step = 'opened' | 'chosen' | 'closed' | 'stop';

test.each<[string, readonly Step[], number]>([
  ['closed without a choice', ['opened', 'closed'], 1],
  ['a choice, then closed', ['opened', 'chosen', 'closed'], 0],
  ['closed, then the choice', ['opened', 'closed', 'chosen'], 0],
  ['a choice is of one visit only', ['opened', 'chosen', 'closed', 'opened', 'closed'], 1],
  ['opened again at once', ['opened', 'closed', 'opened'], 0],
  ['the icon is gone', ['opened', 'closed', 'stop'], 0],
])('%s', (_case, steps, cancelled) => {
  let times = 0;
  const visit = new MenuVisit(() => {
    times += 1;
  });
  for (const step of steps) {
    visit[step]();
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1_000);
  expect(times).toBe(cancelled);
});
