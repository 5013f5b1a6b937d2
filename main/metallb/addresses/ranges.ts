import { plainText } from '../../cluster/plain-text.ts';
import { formatIp, networkOf, parseIp } from '../../probe/ip.ts';

/** A run of addresses of one family, both ends included. */
export interface AddressRange {
  /** As `spec.addresses` of an IPAddressPool has it: `10.0.0.70-10.0.0.80`, `10.0.0.64/28`. */
  readonly text: string;
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

/** `notes` say what was made of the text, in sentences. */
export type ParsedAddresses =
  | { readonly ok: true; readonly ranges: readonly AddressRange[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly message: string; readonly hint: string };

/** A home network has no more. */
const MOST_ADDRESSES = 65_536n;

const HINT = 'Type a range (10.0.0.70-10.0.0.80) or a network (10.0.0.64/28); several are separated by commas.';

/**
 * MetalLB's grammar (ParseCIDR of its internal/config), separated by commas: `first-last`, or a network, whose host bits
 * do not count. A bare address, which MetalLB refuses, is the network of that one. Leading zeros are refused.
 */
export function parseAddresses(text: string): ParsedAddresses {
  const parts = text.split(',').flatMap(part => part.trim() || []);
  if (parts.length === 0) return { ok: false, message: 'No addresses are given.', hint: HINT };
  const ranges: AddressRange[] = [];
  for (const part of parts) {
    const range = parseRange(part);
    if (typeof range === 'string') return { ok: false, message: `"${plainText(part, 80)}" ${range}.`, hint: HINT };
    ranges.push(range);
  }
  if (countOf(ranges) > MOST_ADDRESSES)
    return { ok: false, message: `That is more than ${MOST_ADDRESSES} addresses.`, hint: 'Type a smaller range.' };
  const twice = overlapIn(ranges);
  if (twice !== undefined)
    return { ok: false, message: `${twice} have addresses in common.`, hint: 'Give every address once.' };
  return { ok: true, ranges, notes: parts.flatMap((part, index) => noteOn(part, ranges[index]?.text ?? '')) };
}

/** One range of a pool that is there already; `undefined` where MetalLB would not take it either. */
export function rangeOf(text: string): AddressRange | undefined {
  const range = parseRange(text.trim());
  return typeof range === 'string' ? undefined : range;
}

/** The range, or the rest of a sentence about the text that is none. */
function parseRange(text: string): AddressRange | string {
  if (text.includes('-')) return parseEnds(text);
  const [, base = '', bits] = /^([^/]*)(?:\/(0|[1-9][0-9]{0,2}))?$/.exec(text) ?? [];
  const ip = parseIp(base);
  if (ip === undefined) return 'is no address, no range and no network';
  const prefix = Number(bits ?? (ip.family === 4 ? 32 : 128));
  const network = networkOf(ip, prefix);
  if (network === undefined) return 'is no network: it has too many bits';
  const { family } = ip;
  return { text: `${formatIp({ family, value: network.first })}/${prefix}`, family, ...network };
}

function parseEnds(text: string): AddressRange | string {
  const [start = '', end = ''] = text.split(/-(.*)/s).map(each => each.trim());
  const [first, last] = [parseIp(start), parseIp(end)];
  if (first === undefined || last === undefined) return 'is no range: both ends must be addresses';
  if (first.family !== last.family) return 'is no range: one end is IPv4, the other IPv6';
  if (first.value > last.value) return 'is no range: it ends before it begins';
  return rangeBetween(first.family, first.value, last.value);
}

/** The range from one address to another, both included. */
export function rangeBetween(family: 4 | 6, first: bigint, last: bigint): AddressRange {
  const text = `${formatIp({ family, value: first })}-${formatIp({ family, value: last })}`;
  return { text, family, first, last };
}

function noteOn(part: string, text: string): readonly string[] {
  if (part.includes('-')) return [];
  if (!part.includes('/')) return [`${part} is written as ${text}.`];
  const isMasked = parseIp(baseOf(part))?.value !== parseIp(baseOf(text))?.value;
  return isMasked ? [`${part} means ${text}, which is where that network begins.`] : [];
}

const baseOf = (network: string): string => network.split('/')[0] ?? '';

function overlapIn(ranges: readonly AddressRange[]): string | undefined {
  const sorted = ranges.toSorted((a, b) => a.family - b.family || (a.first < b.first ? -1 : 1));
  const at = sorted.findIndex((range, index) => {
    const next = sorted[index + 1];
    return next !== undefined && overlaps(range, next);
  });
  return at === -1 ? undefined : `${sorted[at]?.text} and ${sorted[at + 1]?.text}`;
}

/** Whether two ranges have an address in common. */
export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** Whether all of a range is in another. */
export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.family === outer.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** How many addresses they have together. */
export function countOf(ranges: readonly AddressRange[]): bigint {
  return ranges.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
}

/** Whether an address is in one of them; false for what is no address. */
export function contains(ranges: readonly AddressRange[], address: string): boolean {
  const ip = parseIp(address);
  return (
    ip !== undefined &&
    ranges.some(({ family, first, last }) => family === ip.family && first <= ip.value && ip.value <= last)
  );
}

/** The addresses, ascending within each range; the first `most` of them. */
export function listAddresses(ranges: readonly AddressRange[], most: number): readonly string[] {
  const found: string[] = [];
  for (const { family, first, last } of ranges) {
    for (let value = first; value <= last && found.length < most; value++) found.push(formatIp({ family, value }));
  }
  return found;
}
