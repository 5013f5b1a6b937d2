import { describe, expect, test } from 'vitest';
import { annotatedNames, annotatedTarget, ClaimBuilder, isIgnored, type Target } from '../../../main/desired/claim.ts';
import { MANUAL } from '../../../main/desired/host-entry.ts';
import { ingress, POLICY, said } from '../../fixtures/objects.ts';

const OLD = 'external-dns.alpha.kubernetes.io';
const NEW = 'external-dns.kubernetes.io';

describe('the names in annotations', () => {
  test.each([
    ['none', {}, []],
    ['ours', { 'cluster-hosts/hostname': 'a.home.lan' }, ['a.home.lan']],
    ["external-dns'", { [`${NEW}/hostname`]: 'a.home.lan' }, ['a.home.lan']],
    ["external-dns' of old", { [`${OLD}/hostname`]: 'a.home.lan' }, ['a.home.lan']],
    ['the newer prefix wins', { [`${OLD}/hostname`]: 'a.lan', [`${NEW}/hostname`]: 'b.lan' }, ['b.lan']],
    ['the newer prefix wins, empty', { [`${OLD}/hostname`]: 'a.lan', [`${NEW}/hostname`]: '' }, []],
    ["ours and external-dns'", { 'cluster-hosts/hostname': 'a.lan', [`${NEW}/hostname`]: 'b.lan' }, ['a.lan', 'b.lan']],
    ['a list', { 'cluster-hosts/hostname': 'a.lan,b.lan' }, ['a.lan', 'b.lan']],
    ['a list with spaces and empty items', { 'cluster-hosts/hostname': ' a.lan , ,, b.lan,' }, ['a.lan', 'b.lan']],
    ['a list over lines', { 'cluster-hosts/hostname': 'a.lan,\n  b.lan\n' }, ['a.lan', 'b.lan']],
    ['a line break is no comma', { 'cluster-hosts/hostname': 'a.lan\nb.lan' }, ['a.lan\nb.lan']],
    ['nor is a tab', { 'cluster-hosts/hostname': 'a.lan\tb.lan' }, ['a.lan\tb.lan']],
    ['only commas', { 'cluster-hosts/hostname': ',,,' }, []],
    ['not for desktops', { [`${NEW}/internal-hostname`]: 'a.lan' }, []],
    ['of another prefix', { 'example.com/hostname': 'a.lan' }, []],
  ])('%s', (_title, annotations, names) => {
    expect(annotatedNames(annotations)).toEqual(names);
  });
});

describe('the target in annotations', () => {
  const to = (...addresses: string[]): Target => ({ via: 'addresses', addresses });
  test.each([
    ['none', {}, undefined],
    ['ours', { 'cluster-hosts/address': '10.0.0.9' }, to('10.0.0.9')],
    ["external-dns'", { [`${NEW}/target`]: '10.0.0.9' }, to('10.0.0.9')],
    ["external-dns' of old", { [`${OLD}/target`]: '10.0.0.9' }, to('10.0.0.9')],
    ['the newer prefix wins', { [`${OLD}/target`]: '10.0.0.8', [`${NEW}/target`]: '10.0.0.9' }, to('10.0.0.9')],
    ['ours wins', { 'cluster-hosts/address': '10.0.0.9', [`${NEW}/target`]: '10.0.0.8' }, to('10.0.0.9')],
    ['ours is empty', { 'cluster-hosts/address': ' , ', [`${NEW}/target`]: '10.0.0.8' }, to('10.0.0.8')],
    ['two families', { 'cluster-hosts/address': '10.0.0.9, fd00::9' }, to('10.0.0.9', 'fd00::9')],
    ['a host name', { [`${NEW}/target`]: 'lb.example.com.' }, to('lb.example.com.')],
  ])('%s', (_title, annotations, target) => {
    expect(annotatedTarget(annotations)).toEqual(target);
  });
});

describe('an object is left out', () => {
  test.each([
    ['if it says so', { 'cluster-hosts/ignore': 'true' }, true],
    ['only if it says so', { 'cluster-hosts/ignore': 'false' }, false],
    ['not if it says nothing', {}, false],
    ['if it is for another controller', { [`${NEW}/controller`]: 'other' }, true],
    ['if it is for another controller of old', { [`${OLD}/controller`]: 'other' }, true],
    ['not if it is for external-dns itself', { [`${NEW}/controller`]: 'dns-controller' }, false],
    ['as the newer prefix says', { [`${OLD}/controller`]: 'other', [`${NEW}/controller`]: 'dns-controller' }, false],
  ])('%s', (_title, annotations, ignored) => {
    expect(isIgnored(annotations)).toBe(ignored);
  });
});

describe('what one object says', () => {
  const target: Target = { via: 'addresses', addresses: [] };
  const other: Target = { via: 'addresses', addresses: ['10.0.0.9'] };

  function built(): ClaimBuilder {
    return new ClaimBuilder(ingress('web', ['a.lan'], { annotations: { secret: 'x' } }), POLICY);
  }

  test('is said once, however often and in whatever spelling', () => {
    const builder = built();
    for (const name of ['a.home.lan', 'A.Home.Lan.', 'b_c.lan', 'b_c.lan', '*.lan', '*.lan']) {
      builder.claim(name, 'route', target);
    }
    builder.claim('a.home.lan', 'service', other);
    for (const path of ['/a', '/a', '/b']) builder.path(path, target);
    expect(said(builder)).toEqual(['a.home.lan', 'b_c.lan: underscore', '*.lan: wildcard']);
    expect(builder.claims[0]).toMatchObject({ rank: 'route', target });
    expect(builder.paths.map(({ path }) => path)).toEqual(['/a', '/b']);
  });

  test('keeps the verdict on each name, also where it is no', () => {
    const builder = built();
    for (const name of ['a.home.lan', 'localhost', 'www.google.com']) builder.claim(name, 'route', target);
    expect(builder.claims.map(({ verdict }) => verdict.verdict)).toEqual(['allowed', 'denied', 'needs-consent']);
  });

  test('comes from the object by kind, namespace and name, and nothing else of it', () => {
    const builder = built();
    builder.claim('a.home.lan', 'route', target);
    builder.claim('*', 'route', target);
    builder.path('/a', target);
    const origin = { kind: 'Ingress', namespace: 'default', name: 'web' };
    for (const said of [...builder.claims, ...builder.skipped, ...builder.paths]) expect(said.origin).toEqual(origin);
    const typed = new ClaimBuilder(MANUAL, POLICY);
    typed.claim('a.home.lan', 'manual', target);
    expect(typed.claims[0]?.origin).toEqual(MANUAL);
  });

  test.each(['', '.evil.example/', '@evil.example/', ':8443/', 'a', '\n/a', ' /a'])('%j is no path', path => {
    const builder = built();
    builder.path(path, target);
    expect(builder.paths).toEqual([]);
  });

  test('is cut where it is longer than any name', () => {
    const builder = built();
    builder.claim('x'.repeat(10_000), 'route', target);
    expect(builder.skipped[0]?.hostname).toHaveLength(253);
  });

  test('may be a great deal', () => {
    const builder = built();
    for (let at = 0; at < 100_000; at++) builder.claim(`n${at}.home.lan`, 'route', target);
    expect(builder.claims).toHaveLength(100_000);
  });
});
