import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { addressesIn, contains, parseAddressRange, sizeOf } from '../../../main/demo/address-range.ts';

/** All addresses that a text means; `undefined` when MetalLB would refuse it. */
function expand(text: string): string[] | undefined {
  const range = parseAddressRange(text);
  return range && [...addressesIn(range)];
}

describe('what MetalLB reads', () => {
  test.each([
    ['10.0.0.70-10.0.0.72', ['10.0.0.70', '10.0.0.71', '10.0.0.72']],
    [' 10.0.0.70 - 10.0.0.70 ', ['10.0.0.70']],
    ['10.0.0.255-10.0.1.0', ['10.0.0.255', '10.0.1.0']],
    ['10.0.0.70/32', ['10.0.0.70']],
    ['10.0.0.6/30', ['10.0.0.4', '10.0.0.5', '10.0.0.6', '10.0.0.7']],
  ])('%s', (text, addresses) => expect(expand(text)).toEqual(addresses));

  test.each([
    '10.0.0.70',
    '10.0.0.72-10.0.0.70',
    '10.0.0.70-',
    '10.0.0.70-80',
    '10.0.0.1-10.0.0.2-10.0.0.3',
    '10.0.0.0/33',
    '10.0.0/24',
    'fd00::1-fd00::2',
    '',
  ])('not "%s"', text => expect(parseAddressRange(text)).toBeUndefined());
});

const octet = fc.nat(255);
const address = fc.tuple(octet, octet, octet, octet).map(octets => octets.join('.'));

test.prop([address, fc.integer({ min: 20, max: 32 })])(
  'a CIDR has 2^n addresses, its own among them',
  (start, bits) => {
    const range = parseAddressRange(`${start}/${bits}`) ?? { first: 0, last: -1 };
    const all = [...addressesIn(range)];
    expect(all).toHaveLength(2 ** (32 - bits));
    expect(sizeOf(range)).toBe(all.length);
    expect(all).toContain(start);
    expect(all.every(each => contains(range, each))).toBe(true);
    expect(new Set(all).size).toBe(all.length);
  },
);

test.prop([address])('a range of one address is that address', only => {
  expect(expand(`${only}-${only}`)).toEqual([only]);
});
