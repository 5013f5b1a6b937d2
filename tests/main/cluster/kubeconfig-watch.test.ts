import { chmod, mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { watchFiles } from '../../../main/cluster/kubeconfig-watch.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

const NEVER = 1_000_000;

/** Counts the calls for these files; without the looks from time to time, unless the test wants them. */
async function count(files: readonly string[], { settle = 60, check = NEVER } = {}) {
  const counter = { calls: 0, stop: () => Promise.resolve() };
  const watch = await watchFiles(files, () => (counter.calls += 1), { settle, check });
  counter.stop = () => watch.stop();
  onTestFinished(() => watch.stop());
  return counter;
}

/** Waits until the files' change was told once more. */
async function expectCall(counter: { readonly calls: number }, change: () => Promise<unknown>): Promise<void> {
  const before = counter.calls;
  await change();
  await vi.waitFor(() => expect(counter.calls).toBeGreaterThan(before), { timeout: 5_000, interval: 5 });
}

/** Waits until all that has happened so far must have been noticed. */
async function settle(): Promise<void> {
  const file = await writeFiles(await tempFolder(), { file: 'one' });
  await expectCall(await count([file], { settle: 150 }), () => writeFile(file, 'two'));
}

/** How many of a kind keep this process from ending. */
const open = (kind: string) => process.getActiveResourcesInfo().filter(name => name === kind).length;

/** Puts a link in the place of another at once, as tools for secrets and dotfiles do. */
async function relink(target: string, path: string): Promise<void> {
  await symlink(target, `${path}.new`);
  await rename(`${path}.new`, path);
}

describe('a change is told', () => {
  test('when a file is written, replaced, closed to others, deleted and there again', async () => {
    const folder = await tempFolder();
    const config = await writeFiles(folder, { config: 'one' });
    const counter = await count([config]);
    await expectCall(counter, () => writeFile(config, 'two'));
    await expectCall(counter, async () => {
      await writeFile(join(folder, 'config.new'), 'new');
      await rename(join(folder, 'config.new'), config);
    });
    await expectCall(counter, () => writeFile(config, 'three'));
    await expectCall(counter, () => chmod(config, 0o600));
    await expectCall(counter, () => unlink(config));
    await expectCall(counter, () => writeFile(config, 'four'));
  });

  test('when a file appears in a folder that did not exist, also a second time', async () => {
    const folder = await tempFolder();
    const config = join(folder, 'home', '.kube', 'config');
    const counter = await count([config]);
    await mkdir(join(folder, 'home'));
    await settle();
    await mkdir(join(folder, 'home', '.kube'));
    await settle();
    await expectCall(counter, () => writeFile(config, 'one'));
    await expectCall(counter, () => writeFile(config, 'two'));
    await expectCall(counter, () => rm(join(folder, 'home'), { recursive: true }));
    await expectCall(counter, () => writeFiles(folder, { 'home/.kube/config': 'three' }));
    await expectCall(counter, () => writeFile(config, 'four'));
  });

  test('when a link is put elsewhere, and when what it leads to is written', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'one/config': '1', 'two/config': '2', 'home/x': '' });
    const config = join(folder, 'home', 'config');
    await symlink(join(folder, 'one', 'config'), config);
    const counter = await count([config]);
    await expectCall(counter, () => writeFile(join(folder, 'one', 'config'), '11'));
    await expectCall(counter, () => relink(join(folder, 'two', 'config'), config));
    await settle();
    await expectCall(counter, () => writeFile(join(folder, 'two', 'config'), '22'));
  });

  test('when the folder behind a link is exchanged, as in a Kubernetes Secret', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { '..1/config': 'same', '..2/config': 'same' });
    await symlink('..1', join(folder, '..data'));
    await symlink(join('..data', 'config'), join(folder, 'config'));
    const counter = await count([join(folder, 'config')]);
    await expectCall(counter, () => relink('..2', join(folder, '..data')));
    await expectCall(counter, () => relink('..1', join(folder, '..data')));
  });

  test('by looking from time to time where nothing else would tell', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { 'one/config': '1', 'two/config': '2', 'between/x': '', 'home/x': '' });
    await symlink(join(folder, 'one'), join(folder, 'between', 'link'));
    await symlink(join(folder, 'between', 'link', 'config'), join(folder, 'home', 'config'));
    const counter = await count([join(folder, 'home', 'config')], { check: 30 });
    await expectCall(counter, () => relink(join(folder, 'two'), join(folder, 'between', 'link')));
  });
});

describe('no change is told', () => {
  test('for every write of a burst', async () => {
    const config = await writeFiles(await tempFolder(), { config: '' });
    const counter = await count([config], { settle: 100 });
    const patient = await count([config], { settle: 400 });
    await expectCall(patient, async () => {
      for (let size = 1; size < 30; size += 1) await writeFile(config, 'x'.repeat(size));
    });
    expect(counter.calls).toBeGreaterThan(0);
    expect(counter.calls).toBeLessThan(5);
  });

  test('for another file of the folder', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { config: 'one', neighbour: 'one' });
    const counter = await count([join(folder, 'config')]);
    const neighbour = await count([join(folder, 'neighbour')], { settle: 150 });
    await expectCall(neighbour, () => writeFile(join(folder, 'neighbour'), 'two'));
    expect(counter.calls).toBe(0);
  });

  test('after stop, and nothing stays open', async () => {
    const before = { watches: open('FSEventWrap'), timers: open('Timeout') };
    const config = await writeFiles(await tempFolder(), { config: 'one' });
    const counter = await count([config], { check: 10 });
    expect(open('FSEventWrap')).toBeGreaterThan(before.watches);
    await counter.stop();
    expect(open('Timeout')).toBeLessThanOrEqual(before.timers);
    await vi.waitFor(() => expect(open('FSEventWrap')).toBe(before.watches));
    const other = await count([config]);
    await expectCall(other, () => writeFile(config, 'two'));
    expect(counter.calls).toBe(0);
  });

  test('when stop comes while a change settles', async () => {
    const config = await writeFiles(await tempFolder(), { config: 'one' });
    const timers = open('Timeout');
    const counter = await count([config], { settle: NEVER });
    await expectCall(await count([config]), () => writeFile(config, 'two'));
    await counter.stop();
    // One timer is that of the other's looks from time to time.
    expect(open('Timeout')).toBeLessThanOrEqual(timers + 1);
    expect(counter.calls).toBe(0);
  });
});

test('folders below are not watched, however many there are', async () => {
  const folder = await tempFolder();
  const below = Array.from({ length: 20 }, (_, index) => [`${index}/deep/file`, '']);
  await writeFiles(folder, { config: 'one', ...Object.fromEntries(below) });
  const before = open('FSEventWrap');
  await count([join(folder, 'config')]);
  expect(open('FSEventWrap') - before).toBeLessThan(5);
});

test('there may be no file to watch', async () => {
  await (await count([])).stop();
});
