import { mkdir, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { watchFiles } from '../../../main/cluster/kubeconfig-watch.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

const NEVER = 1_000_000;

/** Counts the calls for these files; without the looks from time to time, unless the test wants them. */
async function count(files: readonly string[], { settle = 10, check = NEVER } = {}) {
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

/** Puts a link in the place of another at once, as tools for secrets and dotfiles do. */
async function relink(target: string, path: string): Promise<void> {
  await symlink(target, `${path}.new`);
  await rename(`${path}.new`, path);
}

describe('a change is told', () => {
  test('when a file is written, replaced, deleted and there again', async () => {
    const folder = await tempFolder();
    const config = await writeFiles(folder, { config: 'one' });
    const counter = await count([config]);
    await expectCall(counter, () => writeFile(config, 'two'));
    await expectCall(counter, async () => {
      await writeFile(join(folder, 'config.new'), 'new');
      await rename(join(folder, 'config.new'), config);
    });
    await expectCall(counter, () => writeFile(config, 'three'));
    await expectCall(counter, () => unlink(config));
    await expectCall(counter, () => writeFile(config, 'four'));
  });

  test('when a file appears in a folder that did not exist, also a second time', async () => {
    const folder = await tempFolder();
    const config = join(folder, 'home', '.kube', 'config');
    const counter = await count([join(folder, 'other'), config]);
    await expectCall(counter, () => writeFiles(folder, { 'home/.kube/config': 'one' }));
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
    const neighbour = await count([join(folder, 'neighbour')], { settle: 50 });
    await expectCall(neighbour, () => writeFile(join(folder, 'neighbour'), 'two'));
    expect(counter.calls).toBe(0);
  });

  test('after stop, and nothing stays open', async () => {
    const open = () => process.getActiveResourcesInfo().filter(kind => kind === 'FSEventWrap').length;
    const folder = await tempFolder();
    const config = await writeFiles(folder, { config: 'one' });
    const before = open();
    const counter = await count([config], { check: 10 });
    expect(open()).toBeGreaterThan(before);
    await counter.stop();
    await vi.waitFor(() => expect(open()).toBe(before));
    const other = await count([config], { settle: 50 });
    await expectCall(other, () => writeFile(config, 'two'));
    expect(counter.calls).toBe(0);
  });

  test('and stop may come while a change settles', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'a'));
    const config = join(folder, 'a', 'config');
    const counter = await count([config], { settle: 50 });
    const other = await count([config]);
    await expectCall(other, () => writeFile(config, 'two'));
    await counter.stop();
    await expectCall(await count([config], { settle: 100 }), () => writeFile(config, 'three'));
    expect(counter.calls).toBe(0);
  });
});

test('there may be no file to watch', async () => {
  await (await count([])).stop();
});
