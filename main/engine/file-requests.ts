import type { BackupView, FileView, WriteView } from '../../preload/contract.ts';
import { AppError } from '../errors.ts';
import { listBackups, readBackup } from '../hosts/backup.ts';
import { withoutBlock } from '../hosts/block.ts';
import { nodeFileSystem } from '../hosts/file-system.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import { contentOf } from '../hosts/read.ts';
import { digestOf } from '../hosts/text.ts';
import { backupView, fileView } from '../state/file-view.ts';
import type { Engine } from './engine.ts';

/** The hosts file as it is and as it would be. */
export function fileOf({ watch }: Engine): FileView {
  const pass = watch?.pass;
  if (pass?.state === 'ready') return fileView(pass.before.text, pass.after.text);
  const found = watch?.session.file.read();
  return found?.state === 'ok' ? fileView(found.text, found.text) : { diff: [], lines: [] };
}

/** The original first, then the newest. */
export function listBackupViews({ watch }: Engine): readonly BackupView[] {
  if (watch === undefined) return [];
  const { file } = watch.session;
  const now = readAnything(file);
  const folder = file.places.backups;
  const views = listBackups(folder, nodeFileSystem).flatMap(backup => {
    const found = readBackup(folder, backup.id, nodeFileSystem);
    return found === undefined ? [] : [backupView(backup, now, found.text)];
  });
  return [...views.filter(({ original }) => original), ...views.filter(({ original }) => !original).reverse()];
}

/** Puts a backup back; neither a damaged block nor what is no text is an obstacle to that. */
export function restoreBackup(engine: Engine, id: string): Promise<WriteView> {
  return engine.writeAlone('A backup of the hosts file was put back.', ({ session: { file } }) => {
    const backup = readBackup(file.places.backups, id, nodeFileSystem);
    if (backup === undefined)
      throw new AppError(
        'hosts-file',
        'That backup is not there any more, or it was changed.',
        'Look at the list again.',
      );
    const order = { op: 'restore', backup: backup.id } as const;
    return file.write({ before: digestOf(readAnything(file)), text: backup.text, order });
  });
}

/** Takes everything of this program out of the hosts file. */
export function removeAll(engine: Engine): Promise<WriteView> {
  return engine.writeAlone('All entries were taken out of the hosts file.', async ({ session: { file } }) => {
    const text = readText(file);
    const parsed = file.parse(text);
    if (parsed.state !== 'ok') throw new AppError('hosts-file', parsed.message, 'Restore a backup instead.');
    const after = withoutBlock(parsed.hosts);
    if (after === text) return { outcome: 'no-change' };
    return await file.write({ before: digestOf(text), text: after, order: { op: 'remove', cluster: undefined } });
  });
}

function readAnything(file: HostsFile): string {
  return contentOf(file.read())?.text ?? readText(file);
}

function readText(file: HostsFile): string {
  const found = file.read();
  if (found.state === 'refused') throw new AppError('hosts-file', found.message, found.hint);
  return found.text;
}
