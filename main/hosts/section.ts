import { compareEntries, formatOrigin, type HostEntry, sameOrigin } from '../desired/host-entry.ts';

/** A cluster's part of the block: its entries, and its lines as they stand in the file (without the last line end). */
export interface Section {
  readonly entries: readonly HostEntry[];
  readonly text: string;
  /** The line end that the text was made with; `undefined` where it was found in a file, and may be any text. */
  readonly madeWith: string | undefined;
}

/**
 * A section of these entries, in the order of the file whatever their own. Where only a few of them differ from those
 * of the section before, the rest of its text is taken over.
 */
export function makeSection(cluster: string, list: readonly HostEntry[], eol: string, before?: Section): Section {
  const entries = [...list].sort(compareEntries);
  const header = `# cluster ${cluster}`;
  if (before?.madeWith !== eol) return { entries, text: header + linesOf(entries, eol), madeWith: eol };
  const old = before.entries;
  const start = commonStart(old, entries);
  const end = commonEnd(old, entries, start);
  const from = header.length + lengthOf(old.slice(0, start), eol);
  const to = before.text.length - lengthOf(old.slice(old.length - end), eol);
  const middle = linesOf(entries.slice(start, entries.length - end), eol);
  return { entries, text: before.text.slice(0, from) + middle + before.text.slice(to), madeWith: eol };
}

/** The sections, whose texts stand one after the other in a file's text, with pieces of that as theirs. */
export function sectionsIn(
  file: string,
  from: number,
  eol: string,
  sections: ReadonlyMap<string, Section>,
): ReadonlyMap<string, Section> {
  let at = from;
  const pieces = [...sections].map(([name, section]) => {
    const text = file.slice(at, at + section.text.length);
    at += text.length + eol.length;
    return [name, { ...section, text }] as const;
  });
  return new Map(pieces);
}

/** Each origin once, above its entries; a line end in front of each line. */
function linesOf(entries: readonly HostEntry[], eol: string): string {
  const lines: string[] = [''];
  let last: HostEntry['origin'] | undefined;
  for (const { origin, address, hostname } of entries) {
    if (last === undefined || !sameOrigin(last, origin)) lines.push(`# ${formatOrigin(origin)}`);
    last = origin;
    lines.push(`${address}\t${hostname}`);
  }
  return lines.join(eol);
}

/** How long the lines of entries are that begin with an origin of their own. */
function lengthOf(entries: readonly HostEntry[], eol: string): number {
  let length = 0;
  let last: HostEntry['origin'] | undefined;
  for (const { origin, address, hostname } of entries) {
    if (last === undefined || !sameOrigin(last, origin)) length += 2 + lengthOfOrigin(origin) + eol.length;
    last = origin;
    length += address.length + 1 + hostname.length + eol.length;
  }
  return length;
}

/** Of what `formatOrigin` gives, without making it. */
function lengthOfOrigin({ kind, namespace, name }: HostEntry['origin']): number {
  return kind === 'Manual' ? kind.length : kind.length + namespace.length + name.length + 2;
}

/** How many entries are the same from the start on, up to where an origin ends in both lists. */
function commonStart(a: readonly HostEntry[], b: readonly HostEntry[]): number {
  let same = 0;
  while (same < a.length && same < b.length && a[same] === b[same]) same += 1;
  while (same > 0 && !(isSeam(a, same) && isSeam(b, same))) same -= 1;
  return same;
}

/** The same from the end, of what `start` leaves. */
function commonEnd(a: readonly HostEntry[], b: readonly HostEntry[], start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let same = 0;
  while (same < most && a[a.length - 1 - same] === b[b.length - 1 - same]) same += 1;
  while (same > 0 && !(isSeam(a, a.length - same) && isSeam(b, b.length - same))) same -= 1;
  return same;
}

/** True where one origin's entries end and another's begin, and at both ends. */
function isSeam(entries: readonly HostEntry[], at: number): boolean {
  const [before, after] = [entries[at - 1], entries[at]];
  return before === undefined || after === undefined || !sameOrigin(before.origin, after.origin);
}
