import { describe, expect, test } from 'vitest';
import { claimsOfIngress, classOf } from '../../../main/desired/from-ingress.ts';
import { contextWith, ingress, said, status } from '../../fixtures/objects.ts';

const CONTEXT = contextWith();
const SOURCE = 'external-dns.kubernetes.io/ingress-hostname-source';
const annotated = (source?: string) => ({
  annotations: { 'cluster-hosts/hostname': 'b.home.lan', ...(source === undefined ? {} : { [SOURCE]: source }) },
});

describe('the names of an Ingress', () => {
  test.each([
    ['a host', ingress('web', ['a.home.lan']), ['a.home.lan']],
    ['two rules of one host', ingress('web', ['a.home.lan', 'A.home.lan']), ['a.home.lan']],
    ['a wildcard beside a host', ingress('web', ['*.home.lan', 'a.home.lan']), ['a.home.lan', '*.home.lan: wildcard']],
    ['a host that is none', ingress('web', ['a b']), ['a b: bad-name']],
    ['no host', ingress('web', ['']), []],
    ['no rule: hosts under tls alone name nothing', ingress('web', []), []],
    ['host and annotation', ingress('web', ['a.home.lan'], annotated()), ['a.home.lan', 'b.home.lan']],
    ['hosts only', ingress('web', ['a.home.lan'], annotated('defined-hosts-only')), ['a.home.lan']],
    ['annotations only', ingress('web', ['a.home.lan'], annotated('annotation-only')), ['b.home.lan']],
    ['in any letter case', ingress('web', ['a.home.lan'], annotated(' Annotation-Only ')), ['b.home.lan']],
    ['any other source', ingress('web', ['a.home.lan'], annotated('both')), ['a.home.lan', 'b.home.lan']],
    ['left out', ingress('web', ['a.home.lan'], { annotations: { 'cluster-hosts/ignore': 'true' } }), []],
    [
      'for another controller of external-dns',
      ingress('web', ['a.home.lan'], { annotations: { 'external-dns.alpha.kubernetes.io/controller': 'other' } }),
      [],
    ],
  ])('%s', (_title, object, expected) => {
    expect(said(claimsOfIngress(object, CONTEXT))).toEqual(expected);
  });
});

describe('the paths of an Ingress that are routed whatever the host', () => {
  test.each([
    ['of a rule without a host', [{ host: '', paths: ['/grafana', '/x'] }], ['/grafana', '/x']],
    ['not of one with', [{ host: 'a.home.lan', paths: ['/grafana'] }], []],
    [
      'of two rules, once',
      [
        { host: '', paths: ['/a'] },
        { host: '', paths: ['/a', '/b'] },
      ],
      ['/a', '/b'],
    ],
    ['not where it is no path', [{ host: '', paths: ['.evil.example/', '/a'] }], ['/a']],
  ])('%s', (_title, rules, paths) => {
    const claims = claimsOfIngress(ingress('web', [], { rules }), CONTEXT);
    expect(claims.paths.map(({ path }) => path)).toEqual(paths);
  });
});

describe('the target of an Ingress', () => {
  test('is what its status says, through the Traefik of its class where that says nothing', () => {
    const object = ingress('web', ['a.home.lan'], { status: [...status('10.0.0.70', 'lb.example'), ...status('')] });
    const [claim] = claimsOfIngress(object, CONTEXT).claims;
    const own = ['10.0.0.70', 'lb.example'];
    expect(claim?.target).toEqual({ via: 'traefik', kind: 'Ingress', className: 'traefik', own });
    expect(claim?.rank).toBe('route');
  });

  test('is what an annotation says', () => {
    const annotations = { 'external-dns.kubernetes.io/target': '10.0.0.9' };
    const [claim] = claimsOfIngress(
      ingress('web', ['a.home.lan'], { annotations, status: status('10.0.0.70') }),
      CONTEXT,
    ).claims;
    expect(claim?.target).toEqual({ via: 'addresses', addresses: ['10.0.0.9'] });
  });
});

describe('the class of an Ingress', () => {
  const OLD = 'kubernetes.io/ingress.class';
  test.each([
    ['its field', { className: 'a', annotations: {} }, 'a'],
    ['the annotation of old', { className: '', annotations: { [OLD]: 'b' } }, 'b'],
    ['its field before the annotation', { className: 'a', annotations: { [OLD]: 'b' } }, 'a'],
    ['none', { className: '', annotations: {} }, ''],
  ])('%s', (_title, object, expected) => {
    expect(classOf(object)).toBe(expected);
  });
});
