import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TrayUpdates } from '../../../main/shell/tray-updates.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function tray() {
  const drawn: string[] = [];
  let label = 'one';
  const updates = new TrayUpdates(
    () => ({ label }),
    look => drawn.push(look.label),
  );
  const change = (to: string) => {
    label = to;
    updates.changed();
  };
  return { drawn, updates, change };
}

test('a burst of changes is drawn once, as it ends', () => {
  const { drawn, change } = tray();
  for (const label of ['two', 'three', 'four']) change(label);
  vi.advanceTimersByTime(249);
  expect(drawn).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(drawn).toEqual(['four']);
});

test('what looks the same is not drawn again', () => {
  const { drawn, change } = tray();
  for (const label of ['two', 'two', 'three']) {
    change(label);
    vi.advanceTimersByTime(250);
  }
  expect(drawn).toEqual(['two', 'three']);
});

test('nothing is drawn under the pointer: it waits until the menu is closed', () => {
  const { drawn, updates, change } = tray();
  change('two');
  updates.menuOpened();
  change('three');
  vi.advanceTimersByTime(10_000);
  expect(drawn).toEqual([]);
  updates.menuClosed();
  vi.advanceTimersByTime(250);
  expect(drawn).toEqual(['three']);
});

test('a desktop that never tells of the closing does not stop it', () => {
  const { drawn, updates, change } = tray();
  updates.menuOpened();
  change('two');
  vi.advanceTimersByTime(60_250);
  expect(drawn).toEqual(['two']);
});

test('after its end nothing is drawn', () => {
  const { drawn, updates, change } = tray();
  change('two');
  updates.stop();
  vi.advanceTimersByTime(100_000);
  expect(drawn).toEqual([]);
});
