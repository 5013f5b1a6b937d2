import { expect, test } from 'vitest';
import { hostsPathOf } from '../../main/paths.ts';

const WINDOWS = 'D:\\Windows\\System32\\drivers\\etc\\hosts';

test.each([
  ['linux', '/etc/hosts', '/etc/hosts'],
  ['linux', '/etc/Hosts', '/etc/Hosts'],
  ['darwin', '/etc/hosts', '/private/etc/hosts'],
  ['darwin', '/private/etc/hosts', '/private/etc/hosts'],
  ['darwin', '/tmp/etc/hosts', '/tmp/etc/hosts'],
  ['win32', WINDOWS.toLowerCase(), WINDOWS],
  ['win32', 'C:\\hosts', 'C:\\hosts'],
  ['win32', '/etc/hosts', '/etc/hosts'],
] as const)('on %s %s is %s', (platform, path, name) => {
  expect(hostsPathOf(path, platform, { SystemRoot: 'D:\\Windows' })).toBe(name);
});
