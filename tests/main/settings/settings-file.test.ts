import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, open as openFile, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../main/settings/defaults.ts';
import type { ReadSettings } from '../../../main/settings/settings.ts';
import { SettingsFile } from '../../../main/settings/settings-file.ts';
import { tempFolder } from '../cluster/temp-folder.ts';
import { settings } from './arbitrary-settings.ts';

const DEFAULTS = { settings: DEFAULT_SETTINGS, problems: [] };

/** Settings in a folder that is not there yet, or with this text in their file. */
async function open(text?: string | Buffer): Promise<SettingsFile> {
  const path = join(await tempFolder(), 'cluster-hosts', 'settings.json');
  if (text !== undefined) {
    await mkdir(dirname(path));
    await writeFile(path, text);
  }
  return new SettingsFile(path);
}

const namesBeside = async ({ path }: SettingsFile) => (await readdir(dirname(path))).sort();

test('without a file there are the defaults, and nothing is made', async () => {
  const file = await open();
  expect(await file.load()).toEqual(DEFAULTS);
  expect(await file.change({ suffix: 'local' })).toBe(DEFAULT_SETTINGS);
  await expect(stat(dirname(file.path))).rejects.toThrow('ENOENT');
});

test('what is saved is there for others, and only for this user', async () => {
  const file = await open();
  const changed = await file.change({ suffix: 'lan' });
  expect(changed).toEqual({ ...DEFAULT_SETTINGS, suffix: 'lan' });
  expect(await new SettingsFile(file.path).load()).toEqual({ settings: changed, problems: [] });
  expect(JSON.parse(await readFile(file.path, 'utf8'))).toEqual({ version: 1, ...changed });
  expect(await namesBeside(file)).toEqual(['settings.json']);
  if (process.platform === 'win32') return;
  expect((await stat(file.path)).mode & 0o777).toBe(0o600);
  expect((await stat(dirname(file.path))).mode & 0o777).toBe(0o700);
});

property.prop([settings], { numRuns: 30 })('all that was saved is loaded', async before => {
  const file = await open();
  try {
    await file.change(before);
    expect(await new SettingsFile(file.path).load()).toEqual({ settings: before, problems: [] });
  } finally {
    await rm(dirname(file.path), { recursive: true, force: true });
  }
});

test('a change that changes nothing does not touch the file', async () => {
  const file = await open();
  await file.change({ suffix: 'lan' });
  const { ino, ctimeNs } = await stat(file.path, { bigint: true });
  await file.change({ suffix: 'LAN', names: [] });
  expect(await stat(file.path, { bigint: true })).toMatchObject({ ino, ctimeNs });
});

test('a link stays one: people keep such files elsewhere', async () => {
  const file = await open('{}');
  const target = join(dirname(file.path), 'elsewhere.json');
  await rm(file.path);
  await writeFile(target, '{"theme":"dark"}');
  await symlink(target, file.path);
  await file.change({ suffix: 'lan' });
  expect(JSON.parse(await readFile(target, 'utf8'))).toMatchObject({ theme: 'dark', suffix: 'lan' });
});

describe('damage', () => {
  test.each(['', '{', '[]', 'null', '"text"', '\0\0\0\0', Buffer.from([0xff, 0xfe, 0x7b])])(
    '%j is said, and kept before it is written over',
    async text => {
      const file = await open(text);
      const { settings, problems } = await file.load();
      expect(settings).toEqual(DEFAULT_SETTINGS);
      expect(problems).toEqual([
        `The settings in ${file.path} are damaged, so the default ones are used. Before the next change it is kept as settings.json.bak.`,
      ]);
      expect(await readFile(file.path)).toEqual(Buffer.from(text));
      expect(await namesBeside(file)).toEqual(['settings.json']);
      await file.change({ suffix: 'lan' });
      expect(await readFile(`${file.path}.bak`)).toEqual(Buffer.from(text));
      expect(await namesBeside(file)).toEqual(['settings.json', 'settings.json.bak']);
    },
  );

  test('another program that empties it and then writes it is not disturbed', async () => {
    const file = await open('{"theme":"dark"}');
    const theirs = await openFile(file.path, 'w');
    expect((await file.load()).settings).toEqual(DEFAULT_SETTINGS);
    await theirs.writeFile('{"theme":"light"}');
    await theirs.close();
    expect(await file.load()).toEqual({ settings: { ...DEFAULT_SETTINGS, theme: 'light' }, problems: [] });
    expect(await namesBeside(file)).toEqual(['settings.json']);
  });

  test('a mark of Windows editors is none', async () => {
    const file = await open('\uFEFF{"theme":"dark"}');
    expect(await file.load()).toEqual({ settings: { ...DEFAULT_SETTINGS, theme: 'dark' }, problems: [] });
  });

  test('before a file with wrong fields is written over, it is kept', async () => {
    const text = '{"version":2,"theme":"pink","suffix":"lan"}';
    const file = await open(text);
    expect((await file.load()).problems).toHaveLength(2);
    expect(await namesBeside(file)).toEqual(['settings.json']);
    expect(await file.change({ cluster: 'home' })).toMatchObject({ theme: 'system', suffix: 'lan', cluster: 'home' });
    expect(await readFile(`${file.path}.bak`, 'utf8')).toBe(text);
  });

  property.prop([fc.oneof(fc.string(), fc.json())], { numRuns: 50 })('any text can be loaded', async text => {
    const file = await open(text);
    try {
      const { settings } = await file.load();
      expect(Object.keys(settings)).toEqual(Object.keys(DEFAULT_SETTINGS));
    } finally {
      await rm(dirname(file.path), { recursive: true, force: true });
    }
  });

  test('what cannot be read is not written over', async () => {
    const file = await open();
    await mkdir(file.path, { recursive: true });
    const message = `The settings are not used: ${file.path} is not a regular file.`;
    expect(await file.load()).toEqual({ settings: DEFAULT_SETTINGS, problems: [message] });
    await expect(file.change({ suffix: 'lan' })).rejects.toMatchObject({ code: 'settings', message });
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written is a sentence', async () => {
    const file = await open('{}');
    await chmod(dirname(file.path), 0o500);
    onTestFinished(() => chmod(dirname(file.path), 0o700));
    await expect(file.change({ suffix: 'lan' })).rejects.toMatchObject({
      code: 'settings',
      message: `The settings could not be saved: ${file.path} cannot be written (EACCES).`,
    });
    expect((await file.load()).settings).toEqual(DEFAULT_SETTINGS);
  });

  test('a folder that cannot be made is a sentence', async () => {
    const file = await open('{}');
    const inside = new SettingsFile(join(file.path, 'settings.json'));
    expect((await inside.load()).settings).toEqual(DEFAULT_SETTINGS);
    await expect(inside.change({ suffix: 'lan' })).rejects.toMatchObject({ code: 'settings' });
  });
});

describe('more than one at a time', () => {
  test('changes of one program are made one after the other', async () => {
    const file = await open();
    await Promise.all([file.change({ suffix: 'lan' }), file.change({ theme: 'dark' }), file.change({ cluster: 'c' })]);
    expect((await new SettingsFile(file.path).load()).settings).toMatchObject({
      suffix: 'lan',
      theme: 'dark',
      cluster: 'c',
    });
  });

  test('a change is made to what another program wrote meanwhile', async () => {
    const window = await open();
    const commandLine = new SettingsFile(window.path);
    await window.change({ suffix: 'lan' });
    await commandLine.change({ allowedDomains: ['a.lan'] });
    expect(await window.change({ theme: 'dark' })).toMatchObject({ suffix: 'lan', allowedDomains: ['a.lan'] });
  });

  test('a change that is refused changes nothing, and the next one goes on', async () => {
    const file = await open();
    const refusal = () => {
      throw new Error('these do not go together');
    };
    await expect(file.change({ suffix: 'lan' }, refusal)).rejects.toThrow('these do not go together');
    await expect(file.change({ suffix: 'com' })).rejects.toMatchObject({ code: 'settings' });
    expect(await file.load()).toEqual(DEFAULTS);
    expect(await file.change({ theme: 'dark' })).toMatchObject({ suffix: 'local', theme: 'dark' });
  });

  test("what others change is told, one's own changes are not", async () => {
    const file = await open();
    await file.change({ theme: 'dark' });
    const commandLine = new SettingsFile(file.path);
    const told: ReadSettings[] = [];
    const toldThere: ReadSettings[] = [];
    const watches = await Promise.all([
      file.watch(read => told.push(read), { settle: 60, check: 100 }),
      commandLine.watch(read => toldThere.push(read), { settle: 60, check: 100 }),
    ]);
    onTestFinished(async () => void (await Promise.all(watches.map(watch => watch.stop()))));
    await file.change({ suffix: 'lan' });
    await vi.waitFor(() => expect(toldThere).toHaveLength(1), { timeout: 5_000 });
    await commandLine.change({ cluster: 'home' });
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 5_000 });
    expect(told[0]?.settings).toMatchObject({ theme: 'dark', suffix: 'lan', cluster: 'home' });
    expect(toldThere).toHaveLength(1);
  });
});

describe.skipIf(process.platform === 'win32')('killed while it saves', () => {
  /** The signal that ended it; `undefined` if it came to its end. */
  async function saveAndDie(path: string, at: number): Promise<NodeJS.Signals | undefined> {
    const program = join(import.meta.dirname, 'save-and-die.ts');
    const child = spawn(process.execPath, [program, path, String(at), 'home.arpa'], { stdio: 'inherit' });
    const [code, signal] = await once(child, 'exit');
    if (signal === null) expect(code).toBe(0);
    return signal ?? undefined;
  }

  test('the file is the old one or the new one, wherever it happens', async () => {
    const seen = new Set<string>();
    for (let at = 1; ; at += 1) {
      const file = await open();
      await file.change({ suffix: 'lan', theme: 'dark' });
      const signal = await saveAndDie(file.path, at);
      const { settings, problems } = await new SettingsFile(file.path).load();
      expect(problems).toEqual([]);
      expect(settings).toMatchObject({ theme: 'dark' });
      seen.add(settings.suffix);
      if (signal === undefined) break;
      expect(at).toBeLessThan(50);
    }
    expect([...seen]).toEqual(['lan', 'home.arpa']);
  }, 60_000);
});
