import { formatPatch, type StructuredPatch, structuredPatch } from 'diff';

const CONTEXT = 3;

/** Beyond this many changed lines the diff is not searched for its shortest form: all old lines go, all new ones come. */
const MOST_EDITS = 1_000;

/** The unified diff between two texts of a file, as `patch` takes it; `''` where they are the same. Texts are latin1 bytes. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return '';
  return formatPatch(patchBetween(path, before, after)).replace(/^Index: .*\n=+\n/, '');
}

/** The same, taken apart into hunks; none where the texts are the same. */
export function patchBetween(path: string, before: string, after: string): StructuredPatch {
  const [old, now] = [linesOf(before), linesOf(after)];
  // Only what differs is compared: the block is large, and the change in it mostly small.
  const start = commonStart(old, now);
  const end = commonStart(old.slice(start).reverse(), now.slice(start).reverse());
  const from = Math.max(0, start - CONTEXT);
  const part = (lines: readonly string[]) => lines.slice(from, lines.length - Math.max(0, end - CONTEXT)).join('');
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const patch =
    structuredPatch(path, path, part(old), part(now), undefined, undefined, options) ??
    wholePatch(path, part(old), part(now));
  const hunks = patch.hunks.map(hunk => ({ ...hunk, oldStart: hunk.oldStart + from, newStart: hunk.newStart + from }));
  return { ...patch, hunks };
}

function wholePatch(path: string, before: string, after: string): StructuredPatch {
  const lines = [...signed('-', before), ...signed('+', after)];
  const hunk = { oldStart: 1, oldLines: linesOf(before).length, newStart: 1, newLines: linesOf(after).length, lines };
  return { oldFileName: path, newFileName: path, oldHeader: undefined, newHeader: undefined, hunks: [hunk] };
}

function signed(sign: string, text: string): readonly string[] {
  return linesOf(text).flatMap(line => [
    `${sign}${line.replace(/\n$/, '')}`,
    ...(line.endsWith('\n') ? [] : ['\\ No newline at end of file']),
  ]);
}

/** Lines with their line ends. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  return same;
}
