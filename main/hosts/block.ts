import { compareText, type HostEntry, parseHostEntry, parseOrigin } from '../desired/host-entry.ts';
import { makeSection, type Section, sectionsIn } from './section.ts';
import { digestOf } from './text.ts';

/*
 * The product's one block in a hosts file, a section per cluster inside:
 *
 *   …the user's own lines…
 *   # BEGIN cluster-hosts v1 pad=1 eol=lf sha=0123456789abcdef
 *   # Kept by Cluster Hosts; "cluster-hosts clean" removes it.
 *   # cluster turing-cluster
 *   # Service kube-system/traefik
 *   10.0.0.70<TAB>turing-cluster.local
 *   # END cluster-hosts
 *
 * Texts are bytes read as latin1: each byte is one character, so that any file goes in and out unchanged.
 */

/** The block as found; `edited` when somebody changed it by hand since it was written. */
export interface Block {
  /** How many line ends were put in front of the start marker and go with the block. */
  readonly pad: number;
  readonly eol: '\n' | '\r\n';
  readonly edited: boolean;
  readonly sections: ReadonlyMap<string, Section>;
  /** All bytes from the pad to the end marker's line end. */
  readonly text: string;
}

/** A hosts file taken apart: `head + block.text + tail` is the file; head and tail are foreign, never changed. */
export interface HostsText {
  readonly head: string;
  readonly block: Block | undefined;
  readonly tail: string;
}

export type ParsedHosts =
  | { readonly state: 'ok'; readonly hosts: HostsText }
  | { readonly state: 'damaged'; readonly message: string };

/** A new text of the whole file, with what parsing it would give, or why there is none. */
export type EditedHosts =
  | { readonly state: 'ok'; readonly text: string; readonly hosts: HostsText }
  | { readonly state: 'too-large'; readonly message: string };

/** At most this many entries, and this many bytes, in the block. */
const MAX_ENTRIES = 20_000;
const MAX_BLOCK_BYTES = 2 * 1024 * 1024;

// Preceded by a line feed or nothing: `^` with the m flag would take a lone CR for a line end as well.
const START = /(?<![^\n])# BEGIN cluster-hosts v1 pad=([012]) eol=(lf|crlf) sha=([0-9a-f]{16})\r?\n/g;
const END = /(?<![^\n])# END cluster-hosts(?:\r?\n|$)/g;
const SWITCHHOSTS = /(?<![^\n])# --- SWITCHHOSTS_CONTENT_START ---/;
const SECTION = /^# cluster ([a-z0-9-]+)$/;
const NOTE = '# Kept by Cluster Hosts; "cluster-hosts clean" removes it.';

/** Finds the block. Markers count only as whole lines; anything but one start before one end is damage. */
export function parseHosts(text: string): ParsedHosts {
  const starts = [...text.matchAll(START)];
  const ends = [...text.matchAll(END)];
  const [start] = starts;
  const [end] = ends;
  if (start === undefined && end === undefined)
    return { state: 'ok', hosts: { head: text, block: undefined, tail: '' } };
  if (start === undefined || end === undefined || starts.length > 1 || ends.length > 1 || end.index < start.index) {
    return { state: 'damaged', message: damage(starts.length, ends.length) };
  }
  const [line, pad, eolName, sha] = start;
  const eol = eolName === 'crlf' ? '\r\n' : '\n';
  const body = text.slice(start.index + line.length, end.index);
  const padded = text.slice(0, start.index);
  const kept = padded.endsWith(eol.repeat(Number(pad))) ? Number(pad) : 0;
  const from = start.index - kept * eol.length;
  const to = end.index + end[0].length;
  let sections: Block['sections'] | undefined;
  const block: Block = {
    pad: kept,
    eol,
    edited: shaOf(body) !== sha,
    // Worked out when it is asked for: who only wants to know where the block is need not pay for its lines.
    get sections() {
      sections ??= parseBody(body);
      return sections;
    },
    text: text.slice(from, to),
  };
  return { state: 'ok', hosts: { head: text.slice(0, from), block, tail: text.slice(to) } };
}

/**
 * The file with a cluster's section set to these entries (sorted, so their order does not matter), put in where there
 * was none, taken out where there are none; the other sections keep their lines. Without any section the block goes.
 */
export function withSection(hosts: HostsText, cluster: string, entries: readonly HostEntry[]): EditedHosts {
  const { head, tail, pad, eol } =
    hosts.block === undefined ? insertionPoint(hosts.head) : { ...hosts, ...hosts.block };
  const sections = new Map(hosts.block?.sections);
  sections.set(cluster, makeSection(cluster, entries, eol, sections.get(cluster)));
  if (entries.length === 0) sections.delete(cluster);
  const sorted = new Map([...sections].sort(([a], [b]) => compareText(a, b)));
  return sections.size === 0 ? unblocked(hosts) : assemble(head, tail, pad, eol, sorted);
}

function unblocked(hosts: HostsText): EditedHosts {
  const text = withoutBlock(hosts);
  return { state: 'ok', text, hosts: { head: text, block: undefined, tail: '' } };
}

function assemble(
  head: string,
  tail: string,
  pad: number,
  eol: Block['eol'],
  sections: Block['sections'],
): EditedHosts {
  const count = [...sections.values()].reduce((sum, section) => sum + section.entries.length, 0);
  if (count > MAX_ENTRIES) return tooLarge(`${count} names`, `${MAX_ENTRIES} names`);
  const body = [NOTE, ...[...sections.values()].map(section => section.text)].map(text => text + eol).join('');
  if (body.length > MAX_BLOCK_BYTES) return tooLarge(`${body.length} bytes`, `${MAX_BLOCK_BYTES} bytes`);
  const marker = `# BEGIN cluster-hosts v1 pad=${pad} eol=${eol === '\n' ? 'lf' : 'crlf'} sha=${shaOf(body)}`;
  const start = `${eol.repeat(pad)}${marker}${eol}`;
  const text = `${head}${start}${body}# END cluster-hosts${eol}${tail}`;
  // All that is kept are pieces of this one text, of which V8 makes no copies.
  const end = text.length - tail.length;
  const pieces = sectionsIn(text, head.length + start.length + NOTE.length + eol.length, eol, sections);
  const block = { pad, eol, edited: false, sections: pieces, text: text.slice(head.length, end) };
  return { state: 'ok', text, hosts: { head: text.slice(0, head.length), block, tail: text.slice(end) } };
}

/** The file as it was before the block came. */
export function withoutBlock(hosts: HostsText): string {
  return hosts.head + hosts.tail;
}

function insertionPoint(text: string): { head: string; tail: string; pad: number; eol: '\n' | '\r\n' } {
  const at = SWITCHHOSTS.exec(text)?.index ?? text.length;
  const head = text.slice(0, at);
  const eol = prevailingEol(text);
  const pad = head === '' || /\n\r?\n$/.test(head) ? 0 : head.endsWith('\n') ? 1 : 2;
  return { head, tail: text.slice(at), pad, eol };
}

function prevailingEol(text: string): '\n' | '\r\n' {
  const crlf = text.split('\r\n').length - 1;
  const lf = text.split('\n').length - 1 - crlf;
  if (crlf === lf) return process.platform === 'win32' ? '\r\n' : '\n';
  return crlf > lf ? '\r\n' : '\n';
}

/** Lines that this program did not write are nobody's entries; they show up as `edited` and in the next diff. */
function parseBody(body: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, { entries: HostEntry[]; lines: string[] }>();
  let section: { entries: HostEntry[]; lines: string[] } | undefined;
  let origin: HostEntry['origin'] | undefined;
  for (const line of body.split(/\r?\n/)) {
    const [, cluster] = line.startsWith('# cluster ') ? (SECTION.exec(line) ?? []) : [];
    if (cluster !== undefined) {
      section = { entries: [], lines: [] };
      sections.set(cluster, section);
      origin = undefined;
    }
    if (line !== '') section?.lines.push(line);
    if (line.startsWith('#')) origin = parseOrigin(line.slice(2));
    const entry = origin && parseLine(line, origin);
    if (entry !== undefined) section?.entries.push(entry);
  }
  const eol = body.includes('\r\n') ? '\r\n' : '\n';
  return new Map(
    [...sections].map(([name, { entries, lines }]) => [name, { entries, text: lines.join(eol), madeWith: undefined }]),
  );
}

function parseLine(line: string, origin: HostEntry['origin']): HostEntry | undefined {
  const tab = line.indexOf('\t');
  return tab < 0 ? undefined : parseHostEntry(line.slice(tab + 1), line.slice(0, tab), origin);
}

function damage(starts: number, ends: number): string {
  if (starts === 0) return 'The end marker of the Cluster Hosts block is there, but not its start marker.';
  if (ends === 0) return 'The start marker of the Cluster Hosts block is there, but not its end marker.';
  if (starts > 1 || ends > 1) return 'There is more than one Cluster Hosts block.';
  return 'The end marker of the Cluster Hosts block stands before its start marker.';
}

function tooLarge(found: string, most: string): EditedHosts {
  return { state: 'too-large', message: `The block would hold ${found}; at most ${most} are written.` };
}

function shaOf(body: string): string {
  return digestOf(body).slice(0, 16);
}
