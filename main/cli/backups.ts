import { AppError } from '../errors.ts';
import { listBackups, readBackup } from '../hosts/backup.ts';
import { nodeFileSystem } from '../hosts/file-system.ts';
import { contentOf } from '../hosts/read.ts';
import { digestOf } from '../hosts/text.ts';
import { readForWriting, writeChange } from './clean.ts';
import { type Command, EXIT } from './command.ts';
import { hostsFileFor } from './hosts-file.ts';
import { usageError } from './options.ts';
import { columns } from './text.ts';

export const backupsCommand: Command = {
  name: 'backups',
  takes: '',
  summary: 'List the backups of the hosts file',
  options: [],
  run: async ({ options, io, out }) => {
    const file = hostsFileFor(options, io, out);
    const backups = listBackups(file.places.backups, nodeFileSystem);
    if (out.json) out.value({ path: file.path, backups });
    else if (backups.length === 0) out.note(`There are no backups of ${file.path}: it has not been written yet.`);
    const rows = backups.map(({ id, time, original, bytes }) => [
      id,
      time,
      `${bytes} bytes`,
      original ? 'as it was before the first sync' : '',
    ]);
    if (!out.json) for (const line of columns(rows)) out.line(line);
    return EXIT.done;
  },
};

export const restoreCommand: Command = {
  name: 'restore',
  takes: 'ID',
  summary: 'Put a backup back',
  options: ['yes'],
  run: async invocation => {
    const { words, options, io, out } = invocation;
    const [id] = words;
    if (id === undefined) throw usageError('restore needs the ID of a backup.', 'See cluster-hosts backups.');
    const file = hostsFileFor(options, io, out);
    const backup = readBackup(file.places.backups, id, nodeFileSystem);
    if (backup === undefined) {
      throw new AppError(
        'hosts-file',
        `There is no backup ${id} of ${file.path}, or it was changed.`,
        'See cluster-hosts backups.',
      );
    }
    const before = readAnything(file);
    const order = { op: 'restore', backup: backup.id } as const;
    const change = { before: digestOf(before), text: backup.text, order };
    return await writeChange(file, before, change, { remove: 0, question: `Restore the backup ${id}` }, invocation);
  },
};

/** Neither a damaged block nor what is no text is an obstacle here: that is what backups are for. */
function readAnything(file: ReturnType<typeof hostsFileFor>): string {
  return contentOf(file.read())?.text ?? readForWriting(file).text;
}
