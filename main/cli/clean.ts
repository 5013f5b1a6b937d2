import { AppError } from '../errors.ts';
import { type HostsText, parseHosts, withoutBlock, withSection } from '../hosts/block.ts';
import type { Change } from '../hosts/elevation/elevated-writer.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import { digestOf } from '../hosts/text.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { confirm } from './confirm.ts';
import { writeDiff } from './diff.ts';
import { hostsFileFor, hostsWay } from './hosts-file.ts';
import { NOTHING } from './pending.ts';
import { report } from './report.ts';
import { count } from './text.ts';

export const cleanCommand: Command = {
  name: 'clean',
  takes: '',
  summary: 'Remove a cluster’s names (--cluster), or all of them',
  options: ['yes'],
  run: async invocation => {
    const { options, io } = invocation;
    const file = hostsFileFor(options, io, invocation.out);
    const { text, hosts } = readForWriting(file);
    const sections = [...(hosts.block?.sections ?? [])].filter(
      ([name]) => options.cluster === undefined || name === options.cluster,
    );
    const remove = sections.reduce((sum, [, section]) => sum + section.entries.length, 0);
    const after = options.cluster === undefined ? withoutBlock(hosts) : without(hosts, options.cluster);
    const change = { before: digestOf(text), text: after, order: { op: 'remove', cluster: options.cluster } } as const;
    const question = `Remove ${count(remove, 'entry', 'entries')}`;
    return await writeChange(file, text, change, { remove, question }, invocation);
  },
};

function without(hosts: HostsText, cluster: string): string {
  const edited = withSection(hosts, cluster, []);
  if (edited.state === 'ok') return edited.text;
  throw new AppError('hosts-file', edited.message, 'Remove the whole block: cluster-hosts clean.');
}

/** The file as it is, taken apart; throws an AppError where it may not be touched. */
export function readForWriting(file: HostsFile): { readonly text: string; readonly hosts: HostsText } {
  const found = file.read();
  if (found.state === 'refused') throw new AppError('hosts-file', found.message, found.hint);
  const parsed = parseHosts(found.text);
  if (parsed.state === 'ok') return { text: found.text, hosts: parsed.hosts };
  throw new AppError(
    'hosts-file',
    parsed.message,
    'Take what is left of the block out by hand, or restore a backup (cluster-hosts backups).',
  );
}

/** Shows what a new text changes, asks, writes, tells. */
export async function writeChange(
  file: HostsFile,
  before: string,
  change: Change,
  { remove, question }: { readonly remove: number; readonly question: string },
  invocation: Invocation,
): Promise<ExitCode> {
  const { out } = invocation;
  if (before === change.text)
    return report({ ...NOTHING, outcome: 'no-change', message: 'There is nothing to do.' }, invocation);
  if (!out.json) writeDiff(file.path, before, change.text, out);
  if (file.asks) out.note(hostsWay(invocation.options, invocation.io).reason);
  const answer = await confirm(`${question}, and write ${file.path}?`, invocation);
  const pending = { ...NOTHING, remove };
  if (answer === 'no') return report({ ...pending, outcome: 'declined', message: 'Nothing was written.' }, invocation);
  if (answer === 'unasked') {
    const message = 'Nothing was written: there is nobody to ask, and --yes was not given.';
    return report({ ...pending, outcome: 'declined', message }, invocation);
  }
  const outcome = await file.write(change);
  if ('message' in outcome) {
    return report({ ...NOTHING, outcome: outcome.outcome, message: `${outcome.message} ${outcome.hint}` }, invocation);
  }
  return report({ ...pending, outcome: outcome.outcome, message: `Wrote ${file.path}.` }, invocation);
}
