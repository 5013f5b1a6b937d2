import { isIP } from 'node:net';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import {
  contains,
  countOf,
  listAddresses,
  overlaps,
  parseAddresses,
  rangeOf,
} from '../../../main/metallb/addresses/ranges.ts';
import { FULL, RUNS } from '../../arbitraries.ts';

/** The ranges of a text that is fine. */
function ranges(text: string) {
  const parsed = parseAddresses(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.ranges;
}

const texts = (text: string) => ranges(text).map(range => range.text);

describe('MetalLB’s grammar', () => {
  test.each([
    ['10.0.0.70-10.0.0.80', ['10.0.0.70-10.0.0.80'], 11n],
    [' 10.0.0.70 - 10.0.0.80 , 10.0.0.90-10.0.0.90,', ['10.0.0.70-10.0.0.80', '10.0.0.90-10.0.0.90'], 12n],
    ['10.0.0.64/28', ['10.0.0.64/28'], 16n],
    ['10.0.0.70/29', ['10.0.0.64/29'], 8n],
    ['10.0.0.70', ['10.0.0.70/32'], 1n],
    ['fd00::70', ['fd00::70/128'], 1n],
    ['FD00:0:0::70-fd00::7f', ['fd00::70-fd00::7f'], 16n],
    ['fd00::1:2/120', ['fd00::1:0/120'], 256n],
    ['10.0.0.1/32, fd00::1/128', ['10.0.0.1/32', 'fd00::1/128'], 2n],
    ['10.1.0.0/16', ['10.1.0.0/16'], 65_536n],
  ])('%s', (text, wanted, count) => {
    expect(texts(text)).toEqual(wanted);
    expect(countOf(ranges(text))).toBe(count);
  });

  test.each([
    ['', 'No addresses'],
    [' , ', 'No addresses'],
    ['10.0.0.256', 'is no address'],
    ['10.0.0.070', 'is no address'],
    ['10.0.0', 'is no address'],
    ['1', 'is no address'],
    ['turing-1', 'both ends'],
    ['10.0.0.70-', 'both ends'],
    ['-10.0.0.70', 'both ends'],
    ['10.0.0.70-80', 'both ends'],
    ['10.0.0.70-10.0.0.71-10.0.0.72', 'both ends'],
    ['10.0.0.80-10.0.0.70', 'ends before it begins'],
    ['10.0.0.1-fd00::1', 'one end is IPv4'],
    ['10.0.0.0/33', 'too many bits'],
    ['fd00::/129', 'too many bits'],
    ['10.0.0.0/', 'is no address'],
    ['10.0.0.0/024', 'is no address'],
    ['10.0.0.0/-1', 'both ends'],
    ['10.0.0.0/255.255.255.0', 'is no address'],
    ['fe80::1%eth0', 'is no address'],
    ['::ffff:10.0.0.1', 'is no address'],
    ['10.0.0.70;10.0.0.71', 'is no address'],
    ['10.0.0.0/15', 'more than 65536'],
    ['fd00::/64', 'more than 65536'],
    ['10.0.0.0/16,10.1.0.0/32', 'more than 65536'],
    ['10.0.0.70-10.0.0.80, 10.0.0.80-10.0.0.90', 'in common'],
    ['10.0.0.90, 10.0.0.70-10.0.0.80, 10.0.0.80/29', 'in common'],
    ['fd00::1, fd00::0/127', 'in common'],
  ])('refuses %j', (text, message) => {
    const parsed = parseAddresses(text);
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(message) });
    expect(parsed).toMatchObject({ hint: expect.stringMatching(/\.$/) });
  });

  test('a refusal shows nothing that a terminal would take for an order', () => {
    expect(parseAddresses('10.0.0.\u001b[31m')).toMatchObject({ message: expect.not.stringContaining('\u001b') });
  });

  test('says what was made of the text', () => {
    expect(parseAddresses('10.0.0.70, 10.0.0.81/29, 10.0.0.96/29, 10.0.0.1-10.0.0.2')).toMatchObject({
      notes: [
        '10.0.0.70 is written as 10.0.0.70/32.',
        '10.0.0.81/29 means 10.0.0.80/29, which is where that network begins.',
      ],
    });
  });
});

/** IPv4 by plain arithmetic. */
const octets = fc.tuple(fc.constantFrom(10, 172, 192), fc.nat(3), fc.nat(3), fc.nat(255));
const numberOf = (parts: readonly number[]) => parts.reduce((sum, part) => sum * 256 + part, 0);
const dotted = (number: number) => [16777216, 65536, 256, 1].map(unit => Math.floor(number / unit) % 256).join('.');

describe('for every', () => {
  test.prop([octets, fc.nat(300), fc.nat(600)], { numRuns: FULL ? 2_000 : 300 })(
    'IPv4 range: the addresses between its ends, and no others',
    (start, length, probe) => {
      const first = numberOf(start);
      const found = ranges(`${dotted(first)} - ${dotted(first + length)}`);
      expect(countOf(found)).toBe(BigInt(length + 1));
      expect(listAddresses(found, 1_000)).toEqual(Array.from({ length: length + 1 }, (_, at) => dotted(first + at)));
      const asked = first + probe - 150;
      expect(contains(found, dotted(asked))).toBe(asked >= first && asked <= first + length);
    },
  );

  test.prop([octets, octets, fc.integer({ min: 16, max: 32 })], { numRuns: RUNS })(
    'IPv4 network: those that share its bits',
    (base, other, prefix) => {
      const bits = (parts: readonly number[]) => parts.map(part => part.toString(2).padStart(8, '0')).join('');
      const found = ranges(`${base.join('.')}/${prefix}`);
      expect(contains(found, other.join('.'))).toBe(bits(base).slice(0, prefix) === bits(other).slice(0, prefix));
      expect(contains(found, base.join('.'))).toBe(true);
      expect(countOf(found)).toBe(BigInt(2 ** (32 - prefix)));
    },
  );

  test.prop([fc.nat(0xffff), fc.nat(0xffff), fc.nat(200)], { numRuns: FULL ? 2_000 : 300 })(
    'IPv6 range: counted by its last group, and spelled as the system spells it',
    (group, start, length) => {
      const address = (number: number) => `fd00:0:${group.toString(16)}:0:0:0:0:${number.toString(16)}`;
      const end = Math.min(start + length, 0xffff);
      const found = ranges(`${address(start)}-${address(end)}`);
      const listed = listAddresses(found, 1_000);
      expect(listed).toEqual(Array.from({ length: end - start + 1 }, (_, at) => canonical(address(start + at))));
    },
  );

  const piece = fc.oneof(
    fc.constantFrom('10.0.0.', 'fd00::', '1', '70', '255', '256', '/', '-', ',', ' ', '24', '120', ':', '.', '0'),
    fc.string({ maxLength: 3 }),
  );
  test.prop([fc.array(piece, { maxLength: 8 })], { numRuns: RUNS })(
    'text: it is refused, or what it becomes means the same again',
    pieces => {
      const parsed = parseAddresses(pieces.join(''));
      if (!parsed.ok) return;
      const again = parseAddresses(parsed.ranges.map(range => range.text).join(','));
      expect(again).toEqual({ ok: true, ranges: parsed.ranges, notes: [] });
      for (const address of listAddresses(parsed.ranges, 20)) expect(isIP(address)).not.toBe(0);
    },
  );

  const small = fc.tuple(fc.nat(20), fc.nat(8)).map(([start, length]) => ({ start, end: start + length }));
  test.prop([small, small], { numRuns: RUNS })(
    'two ranges: they overlap where they have an address in common',
    (a, b) => {
      const listOf = ({ start, end }: typeof a) => listAddresses(ranges(`10.0.0.${start}-10.0.0.${end}`), 99);
      const [one, two] = [a, b].map(({ start, end }) => rangeOf(`10.0.0.${start}-10.0.0.${end}`));
      if (one === undefined || two === undefined) throw new Error('no range');
      expect(overlaps(one, two)).toBe(listOf(a).some(address => listOf(b).includes(address)));
    },
  );
});

/** By the URL parser, which spells IPv6 by RFC 5952 as well. */
const canonical = (address: string) => new URL(`http://[${address}]`).hostname.slice(1, -1);
