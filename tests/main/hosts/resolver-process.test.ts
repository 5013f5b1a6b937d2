import { afterEach, beforeEach, expect, test } from 'vitest';
import { startResolver } from '../../../main/hosts/resolver-process.ts';

/** Too long to be a name: refused by the system itself, whatever its DNS servers say. */
const NO_NAME = `${'x'.repeat(64)}.home.lan`;

let stop: AbortController;
beforeEach(() => {
  stop = new AbortController();
});
afterEach(() => stop.abort());

test('asks the system, many names at a time, each for its families', async () => {
  const lookup = await startResolver(stop.signal);
  const many = Array.from({ length: 40 }, () => lookup('localhost', 4));
  expect(await Promise.all([lookup(NO_NAME, 0), lookup('::1', 6), ...many])).toEqual([
    [],
    ['::1'],
    ...many.map(() => ['127.0.0.1']),
  ]);
});

test('names are data, whatever they hold', async () => {
  const lookup = await startResolver(stop.signal);
  expect(await lookup('"]\n[9,"', 0)).toEqual([]);
  expect(await lookup('localhost', 4)).toEqual(['127.0.0.1']);
});

test('ends with its signal, and says so', async () => {
  const lookup = await startResolver(stop.signal);
  const asked = lookup('localhost', 4);
  stop.abort();
  await expect(asked).rejects.toThrow('aborted');
  await expect(lookup('localhost', 4)).rejects.toThrow('aborted');
  await expect(startResolver(stop.signal)).rejects.toThrow('aborted');
});

test('only of the family that is asked for', async () => {
  const lookup = await startResolver(stop.signal);
  expect((await lookup('localhost', 6)).filter(address => !address.includes(':'))).toEqual([]);
});

test('starts whatever the options of this process are', async () => {
  process.env.NODE_OPTIONS = '--no-such-option';
  try {
    const lookup = await startResolver(stop.signal);
    expect(await lookup('localhost', 4)).toEqual(['127.0.0.1']);
  } finally {
    delete process.env.NODE_OPTIONS;
  }
});
