import { assertNever } from '../../main/errors.ts';
import type { WriteView } from '../contract.ts';
import { count, decimal } from './format.ts';

function outcome(of: WriteView['outcome']): string {
  switch (of) {
    case 'done':
      return 'The hosts file is written';
    case 'no-change':
      return 'There was nothing to write';
    case 'changed-meanwhile':
      return 'The file changed in the meantime, so it was not written';
    case 'declined':
    case 'not-permitted':
    case 'failed':
      return 'Your hosts file was not changed';
    default:
      return assertNever(of);
  }
}

/** A write that went well has nothing of its own to say. */
function told({ outcome: of, message }: WriteView): string {
  return message || outcome(of);
}

/** Of names that are somebody else's. */
const conflicts = {
  title: 'Conflicts',
  text: 'Somebody else has these names: a line of the file, another object in the cluster, or this computer itself. They go on opening what they open now. To have one here, take it away from its holder.',
};

/** Of the removals that wait for a yes of their own. */
const held = {
  title: 'Many names would go at once',
  text: 'More often that is a cluster in trouble than a wish.',
  remove: 'Remove them too…',
  confirmTitle: (n: number) => `Remove ${count(n, 'name', 'names')}?`,
  confirmText:
    'They stop opening anything on this computer. Where the cluster brings them back, they are added again. Everything else that is pending is written too.',
  confirm: 'Remove them',
};

const backups = {
  detail: 'Before its first write, and whenever somebody else changed the file, Cluster Hosts keeps a copy.',
  list: 'Backups of the hosts file',
  original: 'The original',
  originalDetail: (time: string, size: string) =>
    `Before Cluster Hosts wrote it for the first time · ${time} · ${size}`,
  time: (iso: string) =>
    new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(iso)),
  bytes: (n: number) => count(n, 'byte', 'bytes'),
  kilobytes: (n: number) => `${new Intl.NumberFormat('en', { maximumFractionDigits: 1 }).format(n)} kB`,
  compare: 'Compare…',
  compareOf: (time: string) => `Compare the backup of ${time}`,
  same: 'Same as now',
  changes: (added: number, removed: number) => `+${decimal(added)} −${decimal(removed)}`,
  changesSpoken: (added: number, removed: number) =>
    `${count(added, 'line', 'lines')} added, ${count(removed, 'line', 'lines')} removed`,
  dialogTitle: (time: string) => `Backup of ${time}`,
  dialogText:
    'This is what putting it back would change. The whole file becomes what it was then; names that the cluster still asks for wait as changes afterwards.',
  dialogSame: 'The hosts file is the same as this backup.',
  diff: 'What putting the backup back would change',
  restore: 'Put this file back',
  emptyTitle: 'No backups yet',
  emptyText: 'The first one is kept before Cluster Hosts writes the file for the first time.',
};

/** Of the hosts file: what is to change, the file, its backups. */
export const hostsFile = {
  toReview: (n: number) => count(n, 'change to review', 'changes to review'),
  onlyOurs: 'Our lines in the file were edited',
  onlyOursDetail: 'Sync hosts puts them back as they belong. Nothing else in the file is touched.',
  untouched: 'Nothing outside the Cluster Hosts section is touched. A backup is kept.',
  inSync: 'Nothing to change',
  inSyncDetail: (path: string, n: number) =>
    n === 0
      ? `${path} has no entries of this cluster.`
      : `${path} has ${count(n, 'entry', 'entries')} of this cluster, all as they should be.`,
  unreachableDetail: 'The cluster does not answer, so the entries stay as they are.',
  waiting: 'Waiting for the cluster',
  waitingDetail: 'What is to change shows up as soon as it answers.',
  refused: 'The hosts file cannot be changed',
  refusedDetail: (path: string) => `${path} stays as it is until that is mended.`,
  tabs: 'Views of the hosts file',
  changes: 'Changes',
  wholeFile: 'Whole file',
  backupsTab: 'Backups',
  list: 'What changes',
  kinds: { add: 'Add', update: 'Change', remove: 'Remove' },
  stays: 'stays for now',
  fromTo: 'to',
  more: (n: number) => `and ${decimal(n)} more`,
  moreLines: (n: number) => `and ${count(n, 'more line', 'more lines')}`,
  diff: (path: string) => `What changes in ${path}`,
  copyLines: 'Copy the new lines',
  emptyTitle: 'The file is in step with the cluster',
  emptyText: 'When something changes in the cluster, it shows up here before it is written.',
  emptyWaitingTitle: 'Nothing to write for now',
  emptyWaitingText: 'As soon as the cluster answers, what changes shows up here.',
  toBackups: 'Show the backups',
  sync: 'Sync hosts',
  notNow: 'Not now',
  direct: 'No password is needed. A backup is kept.',
  outcome,
  told,
  remarks: 'Names that do not answer as they were written:',
  conflicts,
  held,
  health: 'About the file itself',
  file: {
    label: (path: string) => `Lines of ${path}`,
    legend: 'Marked lines are those of Cluster Hosts. Everything else is left as it is, byte for byte.',
    noneOurs: 'Cluster Hosts has no lines in this file.',
    ours: 'of Cluster Hosts',
    empty: 'The file is empty',
    emptyText: 'Cluster Hosts adds its lines with the first sync.',
  },
  backups,
};
