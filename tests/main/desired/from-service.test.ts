import { describe, expect, test } from 'vitest';
import { claimsOfService } from '../../../main/desired/from-service.ts';
import { contextWith, POLICY, RULES, said, service, traefik } from '../../fixtures/objects.ts';

const CONTEXT = contextWith();
const named = (hostname: string, more: Record<string, string> = {}) => ({
  annotations: { 'cluster-hosts/hostname': hostname, ...more },
});

describe('the names of a Service', () => {
  test.each([
    ['of a load balancer', service('grafana'), ['grafana.turing-cluster.local']],
    ['that has an annotation instead', service('grafana', [], named('g.home.lan')), ['g.home.lan']],
    ['that has two', service('grafana', [], named('g.home.lan,h.home.lan')), ['g.home.lan', 'h.home.lan']],
    ['whose annotation is empty', service('grafana', [], named(' , ')), ['grafana.turing-cluster.local']],
    ['whose annotation is no name', service('grafana', [], named('*.lan')), ['*.lan: wildcard']],
    ['of the cluster only', service('grafana', [], { type: 'ClusterIP' }), []],
    ['of a node port', service('grafana', [], { type: 'NodePort' }), []],
    ['of no type', service('grafana', [], { type: '' }), []],
    [
      'of the cluster only, that asks for a name',
      service('grafana', [], { type: 'ClusterIP', ...named('g.home.lan') }),
      ['g.home.lan: not-load-balancer'],
    ],
    [
      'of the cluster only, with a name and an address',
      service('nas', [], { type: 'ExternalName', ...named('nas.home.lan', { 'cluster-hosts/address': '10.0.0.20' }) }),
      ['nas.home.lan'],
    ],
    [
      'of the cluster only, with an address and no name',
      service('nas', [], { type: 'ClusterIP', annotations: { 'cluster-hosts/address': '10.0.0.20' } }),
      [],
    ],
    ['that is left out', service('grafana', [], { annotations: { 'cluster-hosts/ignore': 'true' } }), []],
    ["of Traefik, whose names are the cluster's", traefik(), []],
    ['of Traefik, that asks for more', traefik([], named('t.home.lan')), ['t.home.lan']],
    ['called like Traefik elsewhere', traefik([], { namespace: 'other' }), ['traefik.turing-cluster.local']],
    ['called like what is denied', service('wpad'), ['wpad.turing-cluster.local']],
    ['called as no host is', service('a_b'), ['a_b.turing-cluster.local: underscore']],
  ])('%s', (_title, object, expected) => {
    expect(said(claimsOfService(object, CONTEXT))).toEqual(expected);
  });

  test("follow the cluster's name and suffix", () => {
    const rules = { ...RULES, policy: { ...POLICY, cluster: 'office', suffix: 'home.arpa' } };
    expect(said(claimsOfService(service('git'), contextWith([], { rules })))).toEqual(['git.office.home.arpa']);
  });

  test('are the same whether there is a Traefik or not', () => {
    const context = contextWith([], { traefik: undefined });
    expect(said(claimsOfService(service('git'), context))).toEqual(['git.turing-cluster.local']);
  });
});

describe('the target of a Service', () => {
  test.each([
    ['its addresses', service('a', ['10.0.0.71', 'fd00::71']), ['10.0.0.71', 'fd00::71']],
    ['a host name', service('a', ['lb.example.com']), ['lb.example.com']],
    ['none yet', service('a'), []],
    ['an empty entry is none', service('a', [], { status: [{ ip: '', hostname: '' }] }), []],
    [
      'the address of an entry with both',
      service('a', [], { status: [{ ip: '10.0.0.9', hostname: 'x' }] }),
      ['10.0.0.9'],
    ],
    [
      'what an annotation says',
      service('a', ['10.0.0.71'], named('a.lan', { 'cluster-hosts/address': '10.0.0.9' })),
      ['10.0.0.9'],
    ],
  ])('%s', (_title, object, addresses) => {
    const { claims } = claimsOfService(object, CONTEXT);
    expect(claims.map(({ target, rank }) => ({ target, rank }))).toEqual([
      { target: { via: 'addresses', addresses }, rank: 'service' },
    ]);
  });
});
