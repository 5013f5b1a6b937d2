import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findTrayHost, readAnswer } from '../../../main/shell/tray-host.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-tray-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of that name which does what the script says. */
function program(name: string, script: string): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

const NOT_PROVIDED = 'Call failed: The name org.kde.StatusNotifierWatcher was not provided by any .service files';
const UNKNOWN_SERVICE =
  'Error: GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name org.kde.StatusNotifierWatcher was not provided';

test.each([
  ['b true\n', '', 'yes'],
  ['b false\n', '', 'no'],
  ['(<true>,)\n', '', 'yes'],
  ['(<false>,)\n', '', 'no'],
  ['', NOT_PROVIDED, 'no'],
  ['', UNKNOWN_SERVICE, 'no'],
  ['', 'Failed to connect to bus: No such file or directory', 'unknown'],
  ['s "true"', '', 'unknown'],
  ['', '', 'unknown'],
] as const)('%j and %j mean %s', (stdout, stderr, host) => expect(readAnswer({ stdout, stderr })).toBe(host));

test('the first program that knows is believed', async () => {
  program('busctl', 'echo "b true"');
  program('gdbus', 'echo "(<false>,)"');
  expect(await findTrayHost({ PATH: folder })).toBe('yes');
});

test('where the first is missing or does not know, the second is asked', async () => {
  program('gdbus', 'echo "(<true>,)"');
  expect(await findTrayHost({ PATH: folder })).toBe('yes');
  program('busctl', 'echo "Failed to connect to bus" >&2; exit 1');
  expect(await findTrayHost({ PATH: folder })).toBe('yes');
});

test('without either, nobody knows', async () => expect(await findTrayHost({ PATH: folder })).toBe('unknown'));

test('a bus that does not answer is waited for one second', async () => {
  program('busctl', 'exec /bin/sleep 60');
  const begin = performance.now();
  expect(await findTrayHost({ PATH: folder })).toBe('unknown');
  const took = performance.now() - begin;
  expect(took).toBeGreaterThan(900);
  expect(took).toBeLessThan(10_000);
});
