import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseHosts } from '../../../main/hosts/block.ts';
import { readHealth } from '../../../main/hosts/health.ts';
import { type FactSources, gatherFacts, SYSTEM_SOURCES } from '../../../main/hosts/health-facts.ts';

let folder: string;
let path: string;
let sources: FactSources;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'health-'));
  path = join(folder, 'hosts');
  writeFileSync(path, '127.0.0.1 localhost\n', { mode: 0o644 });
  const missing = (name: string) => join(folder, 'missing', name);
  sources = {
    ...{ platform: 'linux', lsattr: missing('lsattr'), ls: missing('ls'), timeoutMs: 10_000 },
    ...{ kernel: missing('version'), wslConf: missing('wsl.conf'), cloudConfig: missing('cloud.cfg') },
  };
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const gather = (more: Partial<FactSources> = {}, isSystem = true) =>
  gatherFacts(path, isSystem, { ...sources, ...more });

function put(name: string, text: string, mode = 0o644): string {
  writeFileSync(join(folder, name), text, { mode });
  return join(folder, name);
}

const text = (name: string) => put(name, `text of ${name}`);

/** Shows its locale and its arguments where lsattr and ls show attributes. */
const echo = () => put('echo', '#!/bin/sh\nprintf "%s " "$LC_ALL" "$@"\n', 0o755);

const NOTHING = { attributes: undefined, kernel: undefined, wslConf: undefined, hasCloudInit: false };

test('where the computer has none of it, there are the stats of the file and no more', async () => {
  expect(await gather()).toMatchObject({
    ...{ platform: 'linux', isSystem: true, stats: { mode: 0o100644, size: 20 } },
    ...{ attributes: undefined, kernel: '', wslConf: '', hasCloudInit: false },
  });
});

test('on Linux: lsattr, the kernel, WSL and cloud-init', async () => {
  const facts = await gather({
    ...{ lsattr: echo(), kernel: text('version'), wslConf: text('wsl.conf'), cloudConfig: text('cloud.cfg') },
  });
  expect(facts).toMatchObject({
    attributes: `C -d -- ${path} `,
    kernel: 'text of version',
    wslConf: 'text of wsl.conf',
    hasCloudInit: true,
  });
});

test.each([
  ['darwin', 'C -ldnO -- '],
  ['win32', undefined],
] as const)('on %s only what it has', async (platform, shown) => {
  const all = { kernel: text('version'), wslConf: text('wsl.conf'), cloudConfig: text('cloud.cfg') };
  const facts = await gather({ ...all, platform, ls: echo() });
  expect(facts).toMatchObject({ ...NOTHING, platform, attributes: shown && `${shown}${path} ` });
});

test('of a file that is not the system’s only the stats', async () => {
  const all = { kernel: text('version'), wslConf: text('wsl.conf'), cloudConfig: text('cloud.cfg') };
  expect(await gather({ ...all, lsattr: echo(), ls: echo() }, false)).toMatchObject({
    ...{ ...NOTHING, isSystem: false, stats: { size: 20 } },
  });
});

test.each([
  ['hangs', 'exec sleep 60'],
  ['fails', 'echo "----i--- $3"; exit 1'],
  ['never stops talking', 'while true; do echo "----i--- $3"; done'],
])('a program that %s says nothing', async (_, script) => {
  const lsattr = put('lsattr', `#!/bin/sh\n${script}\n`, 0o755);
  expect((await gather({ lsattr, timeoutMs: 300 })).attributes).toBeUndefined();
});

test('files that cannot be read, or are none, say nothing', async () => {
  expect(await gather({ lsattr: folder, kernel: folder, wslConf: folder })).toMatchObject(NOTHING);
});

test('a link, a folder and a missing file have no stats: their modes are nobody’s permission to write', async () => {
  symlinkSync(path, join(folder, 'link'));
  mkdirSync(join(folder, 'folder'), { mode: 0o777 });
  for (const name of ['link', 'folder', 'nothing', 'impossible\0']) {
    const facts = await gatherFacts(join(folder, name), true, { ...sources, lsattr: echo() });
    expect(facts.stats).toBeUndefined();
  }
});

describe('real files', () => {
  const hosts = () => {
    const parsed = parseHosts('127.0.0.1 localhost\n');
    if (parsed.state !== 'ok') throw new Error(parsed.message);
    return parsed.hosts;
  };
  const kinds = async (isSystem: boolean, more?: FactSources) =>
    (await readHealth(path, hosts(), isSystem, more)).map(({ kind }) => kind);

  test('as it should be, on this computer', async () => {
    expect(await kinds(true)).toEqual([]);
    expect(await kinds(false)).toEqual([]);
  });

  test('writable by all', async () => {
    chmodSync(path, 0o666);
    expect(await kinds(false)).toEqual(['writable-by-others']);
  });

  test('read-only, as Windows has it', async () => {
    chmodSync(path, 0o444);
    expect(await kinds(false, { ...sources, platform: 'win32' })).toEqual(['read-only']);
  });

  test('immutable', { skip: process.platform !== 'linux' }, async context => {
    try {
      execFileSync('/usr/bin/chattr', ['+i', path], { stdio: 'pipe' });
    } catch (error) {
      context.skip(`chattr +i is not possible here: ${String(error)}`);
    }
    try {
      expect(await kinds(true, SYSTEM_SOURCES)).toEqual(['locked']);
      expect(await kinds(false, SYSTEM_SOURCES)).toEqual([]);
    } finally {
      execFileSync('/usr/bin/chattr', ['-i', path]);
    }
  });
});
