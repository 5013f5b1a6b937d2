import { expect, test } from 'vitest';
import { Publisher } from '../../../main/state/publisher.ts';
import type { AppState, NameRow, Patch, Snapshot } from '../../../preload/contract.ts';
import { waitFor } from '../../wait-for.ts';

const row = (hostname: string, address: string): NameRow => ({
  ...{ id: hostname, hostname, shown: hostname, address, state: 'add', reason: '' },
  origin: { kind: 'Service', namespace: 'default', name: 'a' },
});
const part = (fields: Partial<AppState>) => fields as AppState;

test('only what changed is told, however often something happens', async () => {
  const kept = row('b', '10.0.0.2');
  let now: Snapshot = { state: part({ status: 'ok', contexts: ['home'] }), names: [row('a', '10.0.0.1'), kept] };
  const publisher = new Publisher(() => now);
  const patches: Patch[] = [];
  publisher.onPatch(patch => patches.push(patch));
  const moved = row('a', '10.0.0.9');
  now = { state: part({ status: 'pending', contexts: ['home'] }), names: [moved, kept] };
  for (let times = 0; times < 100; times++) publisher.changed();
  await waitFor('it is told', () => patches.length > 0);
  expect(patches).toEqual([{ state: { status: 'pending' }, names: { put: [moved], gone: [] } }]);
  now = { state: part({ status: 'pending', contexts: ['home'] }), names: [kept] };
  publisher.flush();
  expect(patches.at(-1)).toEqual({ state: {}, names: { put: [], gone: ['a'] } });
  publisher.flush();
  expect(patches).toHaveLength(2);
});

test('a part that is gone is told as such', () => {
  let now: Snapshot = { state: part({ status: 'paused', pausedUntil: null }), names: [] };
  const publisher = new Publisher(() => now);
  let last: Patch | undefined;
  publisher.onPatch(patch => {
    last = patch;
  });
  now = { state: part({ status: 'ok' }), names: [] };
  publisher.flush();
  expect(last?.state).toHaveProperty('pausedUntil', undefined);
});
