import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegularFile } from '../cluster/regular-file.ts';
import { AppError } from '../errors.ts';

/** So many files of one name are somebody's mistake. */
const MOST = 100;

/**
 * Saves a kubeconfig as `<name>.yaml` in a folder, for its owner only, and gives its path. No file is ever written over:
 * one that says the same is used as it is, beside another one it becomes `<name>-2.yaml`. Throws an {@link AppError}.
 */
export async function saveKubeconfig(folder: string, name: string, text: string): Promise<string> {
  const stem = /^[a-z0-9][a-z0-9-]{0,62}$/.test(name) ? name : 'cluster';
  const draft = join(folder, `.${stem}-${randomUUID()}`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
    for (let number = 1; number <= MOST; number += 1) {
      const path = join(folder, number === 1 ? `${stem}.yaml` : `${stem}-${number}.yaml`);
      if (await place(draft, path, text)) return path;
    }
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? ` (${cause.code})` : '';
    const message = `The kubeconfig could not be saved in ${folder}${code}.`;
    throw new AppError('kubeconfig', message, 'Check the permissions of that folder, and that the disk is not full.', {
      cause,
    });
  } finally {
    await rm(draft, { force: true }).catch(() => {});
  }
  const message = `The kubeconfig could not be saved: ${folder} has ${MOST} files called ${stem} already.`;
  throw new AppError('kubeconfig', message, 'Remove those that are not needed.');
}

/** Gives the draft its name in one step; false where something else has it. */
async function place(draft: string, path: string, text: string): Promise<boolean> {
  try {
    await link(draft, path).catch(async error => {
      if (!NO_LINKS.has(error.code)) throw error;
      await writeFile(path, text, { mode: 0o600, flag: 'wx', flush: true });
    });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    const there = await readRegularFile(path);
    return there.kind === 'read' && there.bytes.equals(Buffer.from(text));
  }
}

/** File systems without hard links (FAT, some network drives). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK']);
