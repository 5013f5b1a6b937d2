import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../main/cluster/objects.ts';
import { type Desired, DesiredNames } from '../../../main/desired/desired.ts';
import type { NameRules } from '../../../main/desired/rules.ts';
import { RUNS } from '../../arbitraries.ts';
import {
  clusterOf,
  gateway,
  httpRoute,
  ingress,
  ingressRoute,
  POLICY,
  parent,
  RULES,
  service,
  status,
  traefik,
} from '../../fixtures/objects.ts';
import { homeCluster } from '../../fixtures/random-objects.ts';

const of = (objects: readonly KubeObject[], rules: NameRules = RULES) =>
  new DesiredNames().of(clusterOf(...objects), rules);

/** `a.home.lan → 10.0.0.70` for each claim; the reason where it has no address. */
const shown = ({ claims }: Desired) =>
  claims.map(({ hostname, addresses, problem }) => `${hostname} → ${problem?.reason ?? addresses.join(' ')}`);

describe("the cluster's own names", () => {
  test.each([
    ["are Traefik's", [traefik()], ['turing-cluster → 10.0.0.70', 'turing-cluster.local → 10.0.0.70']],
    ['wait for its address', [traefik([])], ['turing-cluster → no-address', 'turing-cluster.local → no-address']],
    ['are nobody’s without one', [service('web', ['10.0.0.71'])], ['web.turing-cluster.local → 10.0.0.71']],
  ])('%s', (_title, objects, expected) => {
    expect(shown(of(objects))).toEqual(expected);
  });

  test('are asked for by its Service, with the rank of the cluster', () => {
    const { claims, traefik: found } = of([traefik()]);
    const origin = { kind: 'Service', namespace: 'kube-system', name: 'traefik' };
    expect(claims.map(claim => [claim.origin, claim.rank])).toEqual([
      [origin, 'cluster'],
      [origin, 'cluster'],
    ]);
    expect(found?.name).toBe('traefik');
  });

  test('are denied where the cluster has a name that nobody may have', () => {
    const { claims } = of([traefik()], { ...RULES, policy: { ...POLICY, cluster: 'kubernetes' } });
    expect(claims.map(({ hostname, verdict }) => `${hostname} ${verdict.verdict}`)).toEqual([
      'kubernetes denied',
      'kubernetes.local allowed',
    ]);
  });
});

describe('names that the user typed', () => {
  const typed = (hostname: string, address = '8.8.8.8') => {
    const { claims } = of([], { ...RULES, manual: [{ hostname, address }] });
    return claims.map(({ verdict, rank, addresses }) => `${rank} ${verdict.verdict} ${addresses.join(' ')}`);
  };
  test.each([
    ['needs no other consent', 'www.bank.example', 'manual allowed 8.8.8.8'],
    ["may be the cluster's", 'turing-cluster.local', 'manual allowed 8.8.8.8'],
    ['may not be what is denied to all', 'localhost', 'manual denied 8.8.8.8'],
    ["may not be this computer's", 'desk.home.lan', 'manual denied 8.8.8.8'],
    ['may not be a single word', 'nas', 'manual denied 8.8.8.8'],
    ['may not be a suffix', 'co.uk', 'manual denied 8.8.8.8'],
  ])('%s', (_title, hostname, expected) => {
    expect(typed(hostname)).toEqual([expected]);
  });
});

describe('all kinds together', () => {
  const OLD = { kind: 'IngressRoute.traefik.containo.us' } as const;
  const HOME = [
    traefik(),
    service('nas', ['10.0.0.20']),
    ingress('web', ['a.home.lan']),
    ingressRoute('r', ['Host(`b.home.lan`)', 'PathPrefix(`/grafana`)']),
    ingressRoute('r', ['Host(`c.home.lan`, `d.home.lan`)'], OLD),
    ingressRoute('t', ['HostSNI(`e.home.lan`)'], { kind: 'IngressRouteTCP' }),
    gateway('web', ['*.home.lan'], { status: status('10.0.0.75') }),
    httpRoute('h', ['f.home.lan', '*.home.lan']),
  ];

  test('ask for names at addresses', () => {
    const desired = of(HOME);
    expect(shown(desired)).toEqual([
      'turing-cluster → 10.0.0.70',
      'turing-cluster.local → 10.0.0.70',
      'nas.turing-cluster.local → 10.0.0.20',
      ...['a', 'b', 'c', 'd', 'e'].map(name => `${name}.home.lan → 10.0.0.70`),
      'f.home.lan → 10.0.0.75',
    ]);
    expect(desired.skipped.map(({ hostname, reason }) => `${hostname} ${reason}`)).toEqual(['*.home.lan wildcard']);
    expect(desired.paths.map(({ path, origin }) => `${path} ${origin.kind}`)).toEqual(['/grafana IngressRoute']);
  });

  test('are asked only in the namespaces that are named; Traefik is found in any', () => {
    const elsewhere = ingress('web', ['x.home.lan'], { namespace: 'media' });
    expect(shown(of([...HOME, elsewhere], { ...RULES, namespaces: ['media'] }))).toEqual([
      'turing-cluster → 10.0.0.70',
      'turing-cluster.local → 10.0.0.70',
      'x.home.lan → 10.0.0.70',
    ]);
  });

  test.each([
    ['no namespace', { namespace: '' }],
    ['a namespace of two lines', { namespace: 'a\nb' }],
    ['no name', { name: '' }],
  ])('are not asked where an object has %s, which no API server would take', (_title, more) => {
    const objects = [traefik(), ingress('web', ['a.home.lan', '*.lan', ''], more)];
    expect(of(objects)).toEqual(of([traefik()]));
  });

  const TWO = ingressRoute('r', ['Host(`a.home.lan`, `b.home.lan`)']);
  test.each([
    ['Traefik 2', 'traefik-27.0.201_up27.0.2', 4],
    ['Traefik 2, old', 'traefik-9.18.2', 4],
    ['Traefik 3', 'traefik-28.0.0', 2],
    ['Traefik 3 of today', 'traefik-37.1.1_up37.1.0', 2],
    ['no chart', '', 2],
    ['another chart', 'my-traefik-9.0.0', 2],
  ])('are read in the language of %s', (_title, chart, count) => {
    expect(of([traefik(['10.0.0.70'], { chart }), TWO]).claims).toHaveLength(count);
  });
});

describe('what one object says is worked out once', () => {
  const route = httpRoute('h', ['a.home.lan', '*.home.lan'], { parents: [parent('web')] });
  const NEAR = { ...RULES, policy: { ...POLICY, allowedDomains: [] } };
  const web = gateway('web', ['*.home.lan']);
  const cluster = [traefik(), web, route];

  test.each([
    ['in the next pass', cluster, RULES, true],
    ['while other objects come and go', [service('new'), ...cluster], RULES, true],
    ['until Traefik moves', [traefik(['10.0.0.99']), web, route], RULES, false],
    [
      'until a Gateway moves',
      [traefik(), gateway('web', ['*.home.lan'], { status: status('10.0.0.9') }), route],
      RULES,
      false,
    ],
    ['until the rules change', cluster, NEAR, false],
    ["until a Gateway's listeners change", [traefik(), gateway('web', ['']), route], RULES, false],
    ['until Traefik is another', [traefik([], { namespace: 'other' }), web, route], RULES, false],
    ['until Traefik is of another version', [traefik([], { chart: 'traefik-20.0.0' }), web, route], RULES, false],
    ['until the object changes', [traefik(), web, { ...route }], RULES, false],
  ])('%s', (_title, objects, rules, same) => {
    const names = new DesiredNames();
    const [before] = names.of(clusterOf(...cluster), RULES).skipped;
    const after = names.of(clusterOf(...objects), rules).skipped.find(({ hostname }) => hostname === '*.home.lan');
    expect(after).toEqual(before);
    expect(after === before).toBe(same);
  });

  const step = fc.tuple(homeCluster, fc.constantFrom(RULES, NEAR, { ...RULES, namespaces: ['media'] }), fc.nat(3));
  property.prop([fc.array(step, { maxLength: 5 })], { numRuns: RUNS / 4 })(
    'which nobody can tell from the outcome',
    steps => {
      const names = new DesiredNames();
      let last: readonly KubeObject[] = [];
      for (const [objects, rules, kept] of steps) {
        const others = objects.filter(a => !last.slice(kept).some(b => a.kind === b.kind && a.name === b.name));
        last = [...last.slice(kept), ...others];
        expect(names.of(clusterOf(...last), rules)).toEqual(of(last, rules));
      }
    },
  );
});
