import { describe, expect, test } from 'vitest';
import type { IngressRoute } from '../../../main/cluster/objects.ts';
import { claimsOfIngressRoute } from '../../../main/desired/from-ingress-route.ts';
import { contextWith, ingressRoute, said } from '../../fixtures/objects.ts';

const TRAEFIK_3 = contextWith();
const TRAEFIK_2 = contextWith([], { syntax: 'v2' });
const NO_TRAEFIK = contextWith([], { traefik: undefined });
const TCP = { kind: 'IngressRouteTCP' } as const;
const OLD = { kind: 'IngressRoute.traefik.containo.us' } as const;
const OLD_TCP = { kind: 'IngressRouteTCP.traefik.containo.us' } as const;

const TWO = 'Host(`a.lan`, `b.lan`)';
const TWO_SNI = 'HostSNI(`a.lan`, `b.lan`)';
const inLanguage = (match: string, syntax: string): Partial<IngressRoute> => ({ rules: [{ match, syntax }] });

describe('the names of an IngressRoute', () => {
  test.each([
    ['a host', ingressRoute('web', ['Host(`a.home.lan`)']), ['a.home.lan']],
    [
      'hosts of several routes',
      ingressRoute('web', ['Host(`a.lan`)', 'Host(`b.lan`) || Host(`a.lan`)']),
      ['a.lan', 'b.lan'],
    ],
    ['not under a not', ingressRoute('web', ['Host(`a.lan`) && !Host(`b.lan`)']), ['a.lan']],
    ['a wildcard', ingressRoute('web', ['Host(`*.lan`) || Host(`a.lan`)']), ['a.lan', '*.lan: wildcard']],
    ['a pattern', ingressRoute('web', ['HostRegexp(`.+\\.lan`)']), ['.+\\.lan: pattern']],
    ['a host that is no name', ingressRoute('web', ['Host(`a_b.lan`)']), ['a_b.lan: underscore']],
    ['an SNI', ingressRoute('db', ['HostSNI(`db.lan`)'], TCP), ['db.lan']],
    ['any SNI', ingressRoute('db', ['HostSNI(`*`)'], TCP), []],
    ['an SNI over HTTP', ingressRoute('db', ['HostSNI(`db.lan`)']), ['HostSNI(`db.lan`): bad-rule']],
    [
      'a rule that is none, beside one',
      ingressRoute('web', ['Host(`a.lan`', 'Host(`b.lan`)']),
      ['b.lan', 'Host(`a.lan`: bad-rule'],
    ],
    [
      'an annotation',
      ingressRoute('web', ['Host(`a.lan`)'], { annotations: { 'external-dns.kubernetes.io/hostname': 'b.lan,a.lan' } }),
      ['a.lan', 'b.lan'],
    ],
    ['left out', ingressRoute('web', ['Host(`a.lan`)'], { annotations: { 'cluster-hosts/ignore': 'true' } }), []],
    ['no rules', ingressRoute('web', []), []],
  ])('%s', (_title, object, expected) => {
    expect(said(claimsOfIngressRoute(object, TRAEFIK_3))).toEqual(expected);
  });
});

describe('the language of its rules', () => {
  const BOTH = ['a.lan', 'b.lan'];
  test.each([
    ["is Traefik 3's", ingressRoute('web', [TWO]), TRAEFIK_3, [`${TWO}: bad-rule`]],
    ["is Traefik 2's where that runs", ingressRoute('web', [TWO]), TRAEFIK_2, BOTH],
    ["is Traefik 2's where the route says so", ingressRoute('web', [], inLanguage(TWO, 'v2')), TRAEFIK_3, BOTH],
    [
      "is Traefik 3's where the route says so",
      ingressRoute('web', [], inLanguage(TWO, 'v3')),
      TRAEFIK_2,
      [`${TWO}: bad-rule`],
    ],
    [
      'is the standard one where the route says nonsense',
      ingressRoute('web', [], inLanguage(TWO, 'v4')),
      TRAEFIK_2,
      BOTH,
    ],
    ["is Traefik 2's in the group of old", ingressRoute('web', [TWO], OLD), TRAEFIK_3, BOTH],
    ["is Traefik 2's for TCP in the group of old", ingressRoute('db', [TWO_SNI], OLD_TCP), TRAEFIK_3, BOTH],
    ["is Traefik 3's for TCP", ingressRoute('db', [TWO_SNI], TCP), TRAEFIK_3, [`${TWO_SNI}: bad-rule`]],
    ['is any that reads while there is no Traefik', ingressRoute('web', [TWO]), NO_TRAEFIK, BOTH],
    ['is none for nonsense', ingressRoute('web', ['Host(']), NO_TRAEFIK, ['Host(: bad-rule']],
  ])('%s', (_title, object, context, expected) => {
    expect(said(claimsOfIngressRoute(object, context))).toEqual(expected);
  });

  test('is told where a rule is refused', () => {
    const { skipped } = claimsOfIngressRoute(ingressRoute('web', [TWO]), TRAEFIK_3);
    expect(skipped[0]?.message).toBe('Traefik refuses the rule: Host() takes 1 value, not 2.');
  });
});

describe('its paths that are routed whatever the host', () => {
  test.each([
    ['a path', ingressRoute('web', ['PathPrefix(`/grafana`)']), ['/grafana']],
    ['no path is every path', ingressRoute('web', ['ClientIP(`10.0.0.0/8`)']), ['/']],
    ['none of a host', ingressRoute('web', ['Host(`a.lan`) && PathPrefix(`/grafana`)']), []],
    ['none of a pattern', ingressRoute('web', ['HostRegexp(`.+`)']), []],
    ['none over TCP', ingressRoute('db', ['HostSNI(`*`)'], TCP), []],
    ['once', ingressRoute('web', ['Path(`/a`)', 'Path(`/a`) || Path(`/b`)']), ['/a', '/b']],
  ])('%s', (_title, object, paths) => {
    expect(claimsOfIngressRoute(object, TRAEFIK_3).paths.map(({ path }) => path)).toEqual(paths);
  });
});

describe('its target', () => {
  const through = (className: string) => ({ via: 'traefik', kind: 'IngressRoute', className, own: [] });
  const OF_CLASS = { annotations: { 'kubernetes.io/ingress.class': 'inner' } };
  test.each([
    ['is the Traefik of no class', ingressRoute('web', ['Host(`a.lan`)']), through('')],
    ['is the Traefik of its class', ingressRoute('web', ['Host(`a.lan`)'], { className: 'inner' }), through('inner')],
    [
      'is the Traefik of the class in its annotation',
      ingressRoute('web', ['Host(`a.lan`)'], OF_CLASS),
      through('inner'),
    ],
    [
      'is what an annotation says',
      ingressRoute('web', ['Host(`a.lan`)'], { annotations: { 'cluster-hosts/address': '10.0.0.9' } }),
      { via: 'addresses', addresses: ['10.0.0.9'] },
    ],
  ])('%s', (_title, object, target) => {
    const { claims } = claimsOfIngressRoute(object, TRAEFIK_3);
    expect(claims.map(claim => claim.target)).toEqual([target]);
    expect(claims[0]?.rank).toBe('route');
  });
});
