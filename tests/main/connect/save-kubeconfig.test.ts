import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { saveKubeconfig } from '../../../main/connect/save-kubeconfig.ts';
import { tempFolder } from '../cluster/temp-folder.ts';
import { kubeFolder } from './kubeconfigs.ts';

test('it is for its owner only, in a folder that is made if need be', async () => {
  const folder = await kubeFolder();
  const path = await saveKubeconfig(folder, 'home', 'text');
  expect(path).toBe(join(folder, 'home.yaml'));
  expect(await readFile(path, 'utf8')).toBe('text');
  expect(await readdir(folder)).toEqual(['home.yaml']);
  if (process.platform === 'win32') return;
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
});

test('what is there is never written over, and the same is not saved twice', async () => {
  const folder = await tempFolder();
  const names: string[] = [];
  for (const text of ['a', 'b', 'a', 'b', 'c', 'b']) {
    names.push((await saveKubeconfig(folder, 'home', text)).slice(folder.length + 1));
  }
  expect(names).toEqual(['home.yaml', 'home-2.yaml', 'home.yaml', 'home-2.yaml', 'home-3.yaml', 'home-2.yaml']);
  expect(await readFile(join(folder, 'home.yaml'), 'utf8')).toBe('a');
});

test('neither is a folder, a link that leads nowhere, or a file beyond reach', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'home.yaml'));
  await symlink(join(folder, 'nowhere'), join(folder, 'home-2.yaml'));
  await writeFile(join(folder, 'home-3.yaml'), 'other', { mode: 0 });
  expect(await saveKubeconfig(folder, 'home', 'text')).toBe(join(folder, 'home-4.yaml'));
  expect((await readdir(folder)).sort()).toEqual(['home-2.yaml', 'home-3.yaml', 'home-4.yaml', 'home.yaml']);
});

test('of many at once, each has its own', async () => {
  const folder = await kubeFolder();
  const texts = Array.from({ length: 10 }, (_, index) => `text ${index}`);
  const paths = await Promise.all(texts.map(text => saveKubeconfig(folder, 'home', text)));
  expect(await Promise.all(paths.map(path => readFile(path, 'utf8')))).toEqual(texts);
  expect((await readdir(folder)).length).toBe(10);
});

test.each(['../../etc/x', '', 'a/b', '.hidden', 'A b', 'x'.repeat(64)])('no name leads elsewhere: "%s"', async name => {
  const folder = await kubeFolder();
  expect(await saveKubeconfig(folder, name, 'text')).toBe(join(folder, 'cluster.yaml'));
});

test('there is an end to it', async () => {
  const folder = await tempFolder();
  await mkdir(join(folder, 'home.yaml'));
  for (let number = 2; number <= 100; number += 1) await mkdir(join(folder, `home-${number}.yaml`));
  await expect(saveKubeconfig(folder, 'home', 'text')).rejects.toMatchObject({
    code: 'kubeconfig',
    message: expect.stringContaining('has 100 files called home already.'),
  });
  expect((await readdir(folder)).length).toBe(100);
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder that may not be written', async () => {
  const folder = await tempFolder();
  await chmod(folder, 0o500);
  onTestFinished(() => chmod(folder, 0o700));
  const message = `The kubeconfig could not be saved in ${folder} (EACCES).`;
  await expect(saveKubeconfig(folder, 'home', 'text')).rejects.toMatchObject({ code: 'kubeconfig', message });
});

test('a folder that is none', async () => {
  const file = join(await tempFolder(), 'file');
  await writeFile(file, '');
  const message = `The kubeconfig could not be saved in ${file} (EEXIST).`;
  await expect(saveKubeconfig(file, 'home', 'text')).rejects.toMatchObject({ code: 'kubeconfig', message });
});
