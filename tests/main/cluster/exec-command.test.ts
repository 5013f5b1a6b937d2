import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { consentDigest, resolveCommand } from '../../../main/cluster/exec-command.ts';
import type { ExecPlugin, User } from '../../../main/cluster/kubeconfig-entries.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

describe.skipIf(process.platform === 'win32')('which program a command means', () => {
  test('the first on the PATH that can be run, in an absolute folder', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'a/tool': '', 'b/tool': '#!/bin/sh', 'c/tool': '#!/bin/sh' });
    await Promise.all(['b', 'c'].map(name => chmod(join(folder, name, 'tool'), 0o755)));
    await mkdir(join(folder, 'd', 'tool'), { recursive: true });
    const find = (command: string, ...folders: string[]) =>
      resolveCommand(command, { env: { PATH: folders.map(name => join(folder, name)).join(':') }, platform: 'linux' });
    expect(await find('tool', 'a', 'd', 'b', 'c')).toBe(join(folder, 'b/tool'));
    expect(await find('tool', 'a', 'd')).toBeUndefined();
    expect(await find('tool')).toBeUndefined();
    expect(await find(join(folder, 'c/tool'), 'b')).toBe(join(folder, 'c/tool'));
    expect(await find(join(folder, 'a/tool'), 'b')).toBeUndefined();
    expect(await resolveCommand('tsc', { env: { PATH: 'node_modules/.bin' }, platform: 'linux' })).toBeUndefined();
  });

  test('on Windows also with the ending of a program', async () => {
    const folder = await tempFolder();
    await chmod(await writeFiles(folder, { 'tool.exe': '', 'batch.cmd': '' }), 0o755);
    const host = { env: { Path: `relative;${folder}` }, platform: 'win32' } as const;
    expect(await resolveCommand('tool', host)).toBe(join(folder, 'tool.exe'));
    expect(await resolveCommand('batch', host)).toBeUndefined();
  });
});

test('consent covers the file, the whole user entry and the program, but not who owns the file', () => {
  const file = { path: '/home/me/.kube/config', uid: 1000, mode: 0o600 };
  const shape = { apiVersion: 'v1', interactiveMode: '', installHint: '', provideClusterInfo: false };
  const userWith = (plugin: Partial<ExecPlugin>): User => ({
    name: 'me',
    file,
    login: { kind: 'exec', plugin: { command: 'a', args: [], env: [], ...shape, ...plugin } },
    impersonate: '',
    impersonatesMore: false,
  });
  const user = userWith({});
  const digests = [
    consentDigest(user, '/bin/a'),
    consentDigest(user, '/bin/b'),
    consentDigest({ ...user, file: { ...file, path: '/else' } }, '/bin/a'),
    consentDigest({ ...user, name: 'other' }, '/bin/a'),
    consentDigest(userWith({ args: ['x'] }), '/bin/a'),
    consentDigest(userWith({ env: [{ name: 'A', value: 'b' }] }), '/bin/a'),
    consentDigest(userWith({ command: '/bin/a' }), '/bin/a'),
  ];
  expect(new Set(digests).size).toBe(digests.length);
  expect(consentDigest({ ...user, file: { ...file, mode: 0 } }, '/bin/a')).toBe(digests[0]);
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
});
