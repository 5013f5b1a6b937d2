import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  compareEntries,
  formatOrigin,
  isOrigin,
  MANUAL,
  type Origin,
  parseHostEntry,
  parseOrigin,
  sameOrigin,
} from '../../../main/desired/host-entry.ts';
import { address, codePoint, entries, hostname, origin, RUNS } from '../../arbitraries.ts';

const runs = { numRuns: RUNS };
const WEB: Origin = { kind: 'Ingress', namespace: 'default', name: 'web' };

/** Texts as they may come from anywhere, and texts that are nearly right. */
const anyText = fc.oneof(
  fc.string({ unit: codePoint, maxLength: 30 }),
  fc.string({ unit: fc.constantFrom(...'azAZ09-._/ \t\r\n\0#:'), maxLength: 30 }),
  fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'Manual', 'Ingress', 'default', '', '.', '..'),
);

/** An origin of any texts: not even its kind is one. */
const anyOrigin = fc.record({ kind: anyText, namespace: anyText, name: anyText }) as fc.Arbitrary<Origin>;

describe('an entry', () => {
  property.prop([hostname, address, origin], runs)('is made of canonical parts only', (name, ip, from) => {
    expect(parseHostEntry(name, ip, from)).toEqual({ hostname: name, address: ip, origin: from });
  });

  test.each([
    ['a name in capitals', 'A.home.lan', '10.0.0.1', WEB],
    ['a name with a final dot', 'a.home.lan.', '10.0.0.1', WEB],
    ['a name with a line of its own', 'a.home.lan\n6.6.6.6 b', '10.0.0.1', WEB],
    ['a wildcard', '*.home.lan', '10.0.0.1', WEB],
    ['no name', '', '10.0.0.1', WEB],
    ['an address in capitals', 'a.home.lan', 'FD00::1', WEB],
    ['an address with zeros', 'a.home.lan', 'fd00:0::1', WEB],
    ['an address with a blank', 'a.home.lan', '10.0.0.1 ', WEB],
    ['loopback', 'a.home.lan', '127.0.0.1', WEB],
    ['mapped loopback', 'a.home.lan', '::ffff:127.0.0.1', WEB],
    ['no address', 'a.home.lan', '', WEB],
    ['an unknown kind', 'a.home.lan', '10.0.0.1', { ...WEB, kind: 'Pod' } as unknown as Origin],
    ['a kind of JavaScript', 'a.home.lan', '10.0.0.1', { ...WEB, kind: '__proto__' } as unknown as Origin],
    ['a kind that no name comes from', 'a.home.lan', '10.0.0.1', { ...WEB, kind: 'Node' }],
    ['no namespace', 'a.home.lan', '10.0.0.1', { ...WEB, namespace: '' }],
    ['no name of the object', 'a.home.lan', '10.0.0.1', { ...WEB, name: '' }],
    ['a name of two lines', 'a.home.lan', '10.0.0.1', { ...WEB, name: 'a\n6.6.6.6 b' }],
    ['a name that ends in a line end', 'a.home.lan', '10.0.0.1', { ...WEB, name: 'web\n' }],
    ['a slash in a name', 'a.home.lan', '10.0.0.1', { ...WEB, name: 'a/b' }],
    ['a prototype for a name', 'a.home.lan', '10.0.0.1', { ...WEB, name: '__proto__' }],
    ['a name of 254', 'a.home.lan', '10.0.0.1', { ...WEB, name: 'a'.repeat(254) }],
    ['a user with a namespace', 'a.home.lan', '10.0.0.1', { ...MANUAL, namespace: 'default' }],
  ] satisfies [string, string, string, Origin][])('is not made of %s', (_title, name, ip, from) => {
    expect(parseHostEntry(name, ip, from)).toBeUndefined();
  });

  property.prop([fc.oneof(anyText, hostname), fc.oneof(anyText, address), fc.oneof(anyOrigin, origin)], runs)(
    'of any texts is none, or two lines that hold just what they say',
    (name, ip, from) => {
      const made = parseHostEntry(name, ip, from);
      if (made === undefined) return;
      expect(`# ${formatOrigin(made.origin)}\n${made.address}\t${made.hostname}`).toMatch(
        /^# [\x21-\x7e]+( [a-z0-9.-]+\/[a-z0-9.-]+)?\n[0-9a-f:.]+\t[a-z0-9.-]+$/,
      );
    },
  );
});

describe('an origin', () => {
  property.prop([origin], runs)('reads back from its text', from => {
    expect(parseOrigin(formatOrigin(from))).toEqual(from);
    expect(sameOrigin(parseOrigin(formatOrigin(from)) ?? MANUAL, from)).toBe(true);
  });

  property.prop([anyText], runs)('of any text is none, or writes that text again', text => {
    const found = parseOrigin(text);
    if (found !== undefined) expect(formatOrigin(found)).toBe(text);
  });

  property.prop([anyOrigin], runs)('of any parts is none, or reads back from its text', from => {
    if (isOrigin(from)) expect(parseOrigin(formatOrigin(from))).toEqual(from);
  });

  test.each([
    '',
    'Manual ',
    'Manual /',
    'Manual a/b',
    'manual',
    'Ingress',
    'Ingress web',
    'Ingress /web',
    'Ingress default/',
    'Ingress default/web/x',
    'Ingress  default/web',
    'Ingress default/web ',
    'Ingress default/web\n',
    ' Ingress default/web',
    'ingress default/web',
    'IngressRoute.traefik.io default/web',
    'Pod default/web',
    '__proto__ default/web',
    'constructor default/web',
    'Ingress default/__proto__',
    'cluster homelab',
  ])('is not %j', text => {
    expect(parseOrigin(text)).toBeUndefined();
  });
});

property.prop([entries, fc.nat()], runs)('entries have one order', (list, turn) => {
  const sorted = list.toSorted(compareEntries);
  const other = [...list.slice(turn % (list.length + 1)), ...list.slice(0, turn % (list.length + 1))];
  expect(other.reverse().sort(compareEntries)).toEqual(sorted);
});
