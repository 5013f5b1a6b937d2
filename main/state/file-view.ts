import type { BackupView, FileLine, FileView, WriteView } from '../../preload/contract.ts';
import { plainText } from '../cluster/plain-text.ts';
import type { Backup } from '../hosts/backup.ts';
import { parseHosts } from '../hosts/block.ts';
import { patchBetween } from '../hosts/unified-diff.ts';
import type { WriteOutcome } from '../hosts/write.ts';

/** The hosts file as it is, and what another text of it would change. Texts are latin1 bytes; lines come out as UTF-8. */
export function fileView(before: string, after: string): FileView {
  return { diff: diffLines(before, after), lines: wholeFile(before) };
}

/** A backup, with what putting it back would change. */
export function backupView(backup: Backup, now: string, text: string): BackupView {
  return { ...backup, diff: diffLines(now, text) };
}

/** What a write came to. */
export function writeView(outcome: WriteOutcome): WriteView {
  if (!('message' in outcome)) return { outcome: outcome.outcome, message: '', hint: '', remarks: [] };
  return { outcome: outcome.outcome, message: plainText(outcome.message), hint: plainText(outcome.hint), remarks: [] };
}

/** Changed lines with three around each change; between the places stands a line of kind `skip`. */
export function diffLines(before: string, after: string): readonly FileLine[] {
  if (before === after) return [];
  const { hunks } = patchBetween('', before, after);
  return hunks.flatMap(({ lines, oldStart, newStart }, at) => {
    const gap: FileLine[] = at > 0 || oldStart > 1 ? [{ kind: 'skip', text: '' }] : [];
    return [...gap, ...numbered(lines, oldStart, newStart)];
  });
}

function numbered(lines: readonly string[], oldStart: number, newStart: number): readonly FileLine[] {
  let [before, after] = [oldStart, newStart];
  return lines.flatMap((line): FileLine[] => {
    const text = shown(line.slice(1));
    if (line.startsWith('+')) return [{ kind: 'added', text, new: after++ }];
    if (line.startsWith('-')) return [{ kind: 'removed', text, old: before++ }];
    // What stands after a last line without an end is a remark of diff's own.
    return line.startsWith(' ') ? [{ kind: 'same', text, old: before++, new: after++ }] : [];
  });
}

function wholeFile(text: string): FileView['lines'] {
  const parsed = parseHosts(text);
  const { head, block } = parsed.state === 'ok' ? parsed.hosts : { head: text, block: undefined };
  const from = head.length;
  const to = from + (block?.text.length ?? 0);
  let at = 0;
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map(line => {
    const ours = at >= from && at < to;
    at += line.length;
    return { text: shown(line), ours };
  });
}

function shown(line: string): string {
  return Buffer.from(line.replace(/\r?\n$/, ''), 'latin1').toString();
}
