import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Log } from '../../main/log.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-log-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = () => join(folder, 'logs', 'main.log');
const text = (file = at()) => readFileSync(file, 'utf8');

test('each entry is a line with time and level, in a file of this user only', () => {
  const log = new Log(at());
  log.info('Started.');
  log.warn('Slow.');
  log.error('Failed.');
  expect(text()).toMatch(/^\S+Z info {2}Started\.\n\S+Z warn {2}Slow\.\n\S+Z error Failed\.\n$/);
  expect(statSync(at()).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'logs')).mode & 0o777).toBe(0o700);
});

test('an error comes with its causes, and without secrets', () => {
  const cause = new Error('connect https://ann:pass@10.0.0.1');
  new Log(at()).error('The cluster is gone.', new Error('Bearer abc.def', { cause }));
  expect(text()).toContain('Error: Bearer [redacted]');
  expect(text()).toContain('Error: connect https://[redacted]@10.0.0.1');
  expect(text()).not.toMatch(/abc|pass@/);
});

test('text from outside cannot look like an entry, and sends nothing to a terminal', () => {
  new Log(at()).info('one\n2026-01-01T00:00:00.000Z info  two\r\u001b[31mthree\u202e');
  expect(text().split('\n')).toEqual([
    expect.stringMatching(/info {2}one$/),
    '    2026-01-01T00:00:00.000Z info  two\ufffdthree\ufffd',
    '',
  ]);
});

test('it does not grow without end: the file before is kept, those before that are not', () => {
  const log = new Log(at(), 400);
  for (let i = 0; i < 40; i++) log.info(`entry ${i} ${'x'.repeat(50)}`);
  expect(statSync(at()).size).toBeLessThanOrEqual(400);
  expect(statSync(`${at()}.1`).size).toBeLessThanOrEqual(400);
  expect(text()).toContain('entry 39');
  expect(text(`${at()}.1`)).not.toContain('entry 1 ');
  expect(existsSync(`${at()}.2`)).toBe(false);
});

test('what was written before a start counts', () => {
  new Log(at(), 400).info('first');
  writeFileSync(at(), 'x'.repeat(390));
  new Log(at(), 400).info('second');
  expect(text()).toMatch(/second\n$/);
  expect(statSync(`${at()}.1`).size).toBe(390);
});

test('one entry is cut, and what was cut off shows no half of a secret', () => {
  new Log(at()).info(`${'x'.repeat(7_990)} token=abcdefghijkl`);
  expect(statSync(at()).size).toBeLessThan(8_200);
  expect(text()).not.toContain('abc');
});

test('a log that cannot be written stops nothing', () => {
  writeFileSync(join(folder, 'logs'), '');
  expect(() => new Log(at()).error('lost')).not.toThrow();
});
