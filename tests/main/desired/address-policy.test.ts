import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  type AddressClass,
  canonicalAddress,
  classifyAddress,
  compareAddresses,
  familyOf,
  judgeAddress,
} from '../../../main/desired/address-policy.ts';
import { RUNS } from '../../arbitraries.ts';

const runs = { numRuns: RUNS };

/** Range and class as the registries have them; IPv4 that is in no range is public. The first one counts. */
const RANGES: readonly (readonly [range: string, is: AddressClass])[] = [
  ['0.0.0.0/8', 'never'],
  ['10.0.0.0/8', 'private'],
  ['100.64.0.0/10', 'private'],
  ['127.0.0.0/8', 'never'],
  ['169.254.0.0/16', 'never'],
  ['172.16.0.0/12', 'private'],
  ['192.0.0.0/24', 'never'],
  ['192.168.0.0/16', 'private'],
  ['224.0.0.0/4', 'never'],
  ['240.0.0.0/4', 'never'],
  ['::/96', 'never'],
  ['::ffff:0:0/96', 'never'],
  ['::ffff:0:0:0/96', 'never'],
  ['64:ff9b::/96', 'never'],
  ['64:ff9b:1::/48', 'never'],
  ['100::/64', 'never'],
  ['2001::/32', 'never'],
  ['2002::/16', 'never'],
  ['fc00::/7', 'private'],
  ['fe80::/10', 'never'],
  ['fec0::/10', 'never'],
  ['ff00::/8', 'never'],
  ['2000::/3', 'public'],
  ['::/0', 'never'],
];

/** An address as one number: a model that shares nothing with the code. */
function numberOf(address: string): bigint {
  if (!address.includes(':')) return address.split('.').reduce((sum, octet) => sum * 256n + BigInt(octet), 0n);
  const [head = '', tail] = address.split('::');
  const groups = (text: string) => text.split(':').filter(group => group !== '');
  const [left, right] = [groups(head), groups(tail ?? '')];
  const middle = new Array<string>(8 - left.length - right.length).fill('0');
  return [...left, ...middle, ...right].reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

/** The reverse, written out in full. */
function textOf(number: bigint, family: 4 | 6): string {
  const [count, bits] = family === 4 ? [4, 8n] : [8, 16n];
  const parts = Array.from(
    { length: count },
    (_, at) => (number >> (BigInt(count - 1 - at) * bits)) & ((1n << bits) - 1n),
  );
  return parts.map(part => part.toString(family === 4 ? 10 : 16)).join(family === 4 ? '.' : ':');
}

interface Range {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
  readonly is: AddressClass;
}

const MODEL: readonly Range[] = RANGES.map(([range, is]) => {
  const [net = '', prefix] = range.split('/');
  const family = net.includes(':') ? 6 : 4;
  const first = numberOf(net);
  return { family, first, last: first + (1n << BigInt((family === 4 ? 32 : 128) - Number(prefix))) - 1n, is };
});

function modelClass(number: bigint, family: 4 | 6): AddressClass {
  const found = MODEL.find(range => range.family === family && range.first <= number && number <= range.last);
  return found?.is ?? 'public';
}

const MOST = { 4: (1n << 32n) - 1n, 6: (1n << 128n) - 1n } as const;

/** Any address of either family, as a number: also those at the edges of ranges. */
const numbered = fc.oneof(
  fc.tuple(fc.bigInt(0n, MOST[4]), fc.constant(4 as const)),
  fc.tuple(fc.bigInt(0n, MOST[6]), fc.constant(6 as const)),
  fc
    .tuple(fc.constantFrom(...MODEL), fc.bigInt(-2n, 2n), fc.boolean())
    .map(([{ first, last, family }, off, low]) => [(low ? first : last) + off, family] as const)
    .filter(([number, family]) => number >= 0n && number <= MOST[family]),
);

describe('a text that is no address', () => {
  test.each([
    ['nothing', ''],
    ['what Kubernetes calls no address', 'None'],
    ['a number', '1'],
    ['three numbers', '1.2.3'],
    ['five numbers', '1.2.3.4.5'],
    ['a zero in front', '01.2.3.4'],
    ['octal', '0177.0.0.1'],
    ['hexadecimal', '0x7f.0.0.1'],
    ['a number over 255', '256.1.1.1'],
    ['a blank behind', '10.0.0.1 '],
    ['a blank in front', ' 10.0.0.1'],
    ['a line of its own', '10.0.0.1\n6.6.6.6 bank.example'],
    ['a line feed behind', '10.0.0.1\n'],
    ['a NUL behind', '10.0.0.1\0'],
    ['IPv6 with a NUL behind', 'fd00::1\0\n6.6.6.6 bank.example'],
    ['a port', '10.0.0.1:80'],
    ['brackets', '[fd00::1]'],
    ['a prefix', '10.0.0.0/24'],
    ['a zone', 'fd00::1%eth0'],
    ['a link-local zone', 'fe80::1%eth0'],
    ['a zone with a line of its own', 'fd00::1%\n6.6.6.6 bank.example'],
    ['two gaps', 'fd00::1::2'],
    ['nine groups', '1:2:3:4:5:6:7:8:9'],
    ['a group of five digits', 'fd00::10000'],
    ['full-width digits', '\uff11\uff10.0.0.1'],
    ['Arabic digits', '\u0661.2.3.4'],
    ['a host name', 'lb.example.com'],
    ['two addresses', '10.0.0.1,10.0.0.2'],
  ])('%s', (_title, text) => {
    expect(canonicalAddress(text)).toBeUndefined();
    expect(judgeAddress(text, true)).toMatchObject({ ok: false, reason: 'bad-address' });
  });
});

describe('an address', () => {
  test.each([
    ['0.0.0.0', 'never'],
    ['0.255.255.255', 'never'],
    ['1.0.0.0', 'public'],
    ['127.0.0.1', 'never'],
    ['127.255.255.255', 'never'],
    ['128.0.0.0', 'public'],
    ['169.254.169.254', 'never'],
    ['224.0.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['192.0.0.10', 'never'],
    ['192.0.1.0', 'public'],
    ['10.0.0.70', 'private'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.255.255', 'private'],
    ['100.64.0.1', 'private'],
    ['100.63.255.255', 'public'],
    ['100.128.0.0', 'public'],
    ['8.8.8.8', 'public'],
    ['::', 'never'],
    ['::1', 'never'],
    ['::ffff:10.0.0.1', 'never'],
    ['::ffff:127.0.0.1', 'never'],
    ['::ffff:0:7f00:1', 'never'],
    ['::10.0.0.1', 'never'],
    ['64:ff9b::10.0.0.1', 'never'],
    ['64:ff9b:1::1', 'never'],
    ['2002:7f00:1::1', 'never'],
    ['fe80::1', 'never'],
    ['febf:ffff::1', 'never'],
    ['ff02::1', 'never'],
    ['fc00::', 'private'],
    ['fdff:ffff::1', 'private'],
    ['fe8::1:0', 'never'],
    ['3fff::1', 'public'],
    ['4000::1', 'never'],
    ['fe00::1', 'never'],
    ['2001:db8::1', 'public'],
    ['2606:4700::1111', 'public'],
  ])('%s is %s', (text, is) => {
    const reason = is === 'never' ? 'denied-address' : is === 'public' ? 'public-address' : undefined;
    expect(classifyAddress(canonicalAddress(text) ?? '')).toBe(is);
    expect(judgeAddress(text, false)).toMatchObject(reason === undefined ? { ok: true } : { ok: false, reason });
    expect(judgeAddress(text, true).ok).toBe(is !== 'never');
  });

  test.each([
    ['FD00::00AB', 'fd00::ab'],
    ['fd00:0:0:0:0:0:0:1', 'fd00::1'],
    ['fd00:0000:0000:0001:0000:0000:0000:0001', 'fd00:0:0:1::1'],
    ['10.0.0.70', '10.0.0.70'],
  ])('%s is written %s', (text, canonical) => {
    expect(canonicalAddress(text)).toBe(canonical);
    expect(judgeAddress(text, true)).toEqual({ ok: true, address: canonical });
  });
});

describe('any address', () => {
  property.prop([numbered], runs)('is classed as the registries have it', ([number, family]) => {
    const address = canonicalAddress(textOf(number, family)) ?? '';
    expect(classifyAddress(address)).toBe(modelClass(number, family));
    expect(familyOf(address)).toBe(family);
  });

  property.prop([numbered, fc.boolean(), fc.boolean()], runs)(
    'has one spelling, which is the same address',
    ([number, family], capitals, dotted) => {
      const full = textOf(number, family);
      const mixed = full.replace(/([0-9a-f]+):([0-9a-f]+)$/, () => textOf(number & MOST[4], 4));
      const text = family === 6 && dotted ? mixed : full;
      const address = canonicalAddress(capitals ? text.toUpperCase() : text) ?? '';
      expect(canonicalAddress(address)).toBe(address);
      expect(address).toBe(canonicalAddress(full));
      if (!address.includes('.') || family === 4) expect(numberOf(address)).toBe(number);
    },
  );

  property.prop([numbered, numbered], runs)('stands before every greater one', ([a, family], [b, other]) => {
    const [left, right] = [canonicalAddress(textOf(a, family)) ?? '', canonicalAddress(textOf(b, other)) ?? ''];
    fc.pre(!(family === 6 && left.includes('.')) && !(other === 6 && right.includes('.')));
    const order = family !== other ? family - other : a < b ? -1 : a > b ? 1 : 0;
    expect(Math.sign(compareAddresses(left, right))).toBe(Math.sign(order));
  });
});

property.prop([fc.string({ unit: fc.constantFrom(...'0123456789abcdefF:.%/[] \n\0x'), maxLength: 45 })], runs)(
  'any text is refused, or comes out as an address without anything else',
  text => {
    const address = canonicalAddress(text);
    if (address !== undefined) {
      expect(address).toMatch(/^[0-9a-f:.]+$/);
      expect(canonicalAddress(address)).toBe(address);
    }
  },
);
