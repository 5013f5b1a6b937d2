import { describe, expect, test } from 'vitest';
import { claimsOfGatewayRoute } from '../../../main/desired/from-gateway-route.ts';
import { contextWith, gateway, httpRoute, parent, said } from '../../fixtures/objects.ts';

/** The claims of a route on a Gateway called `web` with these listeners. */
const listening = (...hostnames: string[]) => contextWith([gateway('web', hostnames)]);
const ANY = listening('');

describe('host names of a route and of a listener', () => {
  test.each([
    ['any listener', ['a.home.lan'], [''], ['a.home.lan']],
    ['the same', ['a.home.lan'], ['a.home.lan'], ['a.home.lan']],
    ['in other letters', ['A.Home.lan'], ['a.HOME.lan'], ['a.home.lan']],
    ['another', ['a.home.lan'], ['b.home.lan'], []],
    ['under the wildcard of the listener', ['a.home.lan', 'b.lan'], ['*.home.lan'], ['a.home.lan']],
    ['deep under the wildcard of the listener', ['x.y.home.lan'], ['*.home.lan'], ['x.y.home.lan']],
    ['under a wildcard in capitals', ['a.home.lan'], ['*.HOME.LAN'], ['a.home.lan']],
    ['the domain of the wildcard itself', ['home.lan'], ['*.home.lan'], []],
    ['what only ends like the wildcard', ['xhome.lan'], ['*.home.lan'], []],
    ['a wildcard above the listener', ['*.home.lan'], ['a.home.lan'], ['a.home.lan']],
    ['a wildcard beside the listener', ['*.home.lan'], ['a.other.lan'], []],
    ['two wildcards', ['*.home.lan'], ['*.a.home.lan'], ['*.a.home.lan: wildcard']],
    ['the same wildcard', ['*.home.lan'], ['*.home.lan'], ['*.home.lan: wildcard']],
    ['a wildcard at any listener', ['*.home.lan'], [''], ['*.home.lan: wildcard']],
    ['none of the route', [], ['a.home.lan'], ['a.home.lan']],
    ['none of the route, a wildcard', [], ['*.Home.lan'], ['*.home.lan: wildcard']],
    ['none at all', [], [''], []],
    ['two listeners', ['a.home.lan', 'b.home.lan'], ['a.home.lan', 'b.home.lan'], ['a.home.lan', 'b.home.lan']],
    ['two listeners that overlap', ['a.home.lan'], ['', '*.home.lan'], ['a.home.lan']],
    ['no listener', ['a.home.lan'], [], []],
    ['not a name', ['a_b.home.lan'], [''], ['a_b.home.lan: underscore']],
  ])('%s', (_title, hostnames, listeners, expected) => {
    expect(said(claimsOfGatewayRoute(httpRoute('web', hostnames), listening(...listeners)))).toEqual(expected);
  });
});

describe('the parents of a route', () => {
  const TWO = contextWith([gateway('web', ['a.home.lan', 'b.home.lan']), gateway('edge', ['c.home.lan'])]);
  const ALL = ['a.home.lan', 'b.home.lan', 'c.home.lan'];
  test.each([
    ['one', [parent('web')], ['a.home.lan', 'b.home.lan']],
    ['one listener of one', [parent('web', { section: 'l1' })], ['b.home.lan']],
    ['a listener that is not there', [parent('web', { section: 'l9' })], []],
    ['two', [parent('web'), parent('edge')], ALL],
    ['one that refused it', [parent('web'), parent('edge', { accepted: false })], ['a.home.lan', 'b.home.lan']],
    ['one that may not be read: any host', [parent('hidden')], ALL],
    ['one in another namespace', [parent('web', { namespace: 'other' })], ALL],
    ['one that refused it, alone', [parent('web', { accepted: false })], ALL.map(name => `${name}: not-accepted`)],
    ['none', [], ALL.map(name => `${name}: not-accepted`)],
  ])('%s', (_title, parents, expected) => {
    expect(said(claimsOfGatewayRoute(httpRoute('web', ALL, { parents }), TWO))).toEqual(expected);
  });
});

describe('what else a route says', () => {
  const NAMED = { annotations: { 'external-dns.alpha.kubernetes.io/hostname': 'b.home.lan, a.home.lan' } };
  test.each([
    ['names in annotations', httpRoute('web', ['a.home.lan'], NAMED), ['a.home.lan', 'b.home.lan']],
    ['left out', httpRoute('web', ['a.lan'], { annotations: { 'cluster-hosts/ignore': 'true' } }), []],
    ['gRPC', httpRoute('web', ['a.lan'], { kind: 'GRPCRoute' }), ['a.lan']],
    ['TLS', httpRoute('web', ['a.lan'], { kind: 'TLSRoute' }), ['a.lan']],
  ])('%s', (_title, route, expected) => {
    expect(said(claimsOfGatewayRoute(route, ANY))).toEqual(expected);
  });

  test.each([
    ['of no host, at any listener', [], ['', 'a.home.lan'], ['/a', '/b']],
    ['none of a host', ['a.home.lan'], [''], []],
    ['none at a listener with a host', [], ['a.home.lan'], []],
  ])('paths %s', (_title, hostnames, listeners, paths) => {
    const route = httpRoute('web', hostnames, { paths: ['/a', '/b', 'nowhere'] });
    expect(claimsOfGatewayRoute(route, listening(...listeners)).paths.map(({ path }) => path)).toEqual(paths);
  });
});

describe('the target of a route', () => {
  const [web, edge] = [parent('web'), parent('edge')];
  const targets = (route: ReturnType<typeof httpRoute>, context = ANY) =>
    claimsOfGatewayRoute(route, context).claims.map(({ hostname, target }) => [hostname, target]);

  test('is the Gateways that serve the name', () => {
    const context = contextWith([gateway('web', ['a.home.lan', '*.home.lan']), gateway('edge', ['b.home.lan'])]);
    expect(targets(httpRoute('web', ['a.home.lan', 'B.home.lan'], { parents: [web, edge] }), context)).toEqual([
      ['a.home.lan', { via: 'gateway', gateways: [web] }],
      ['b.home.lan', { via: 'gateway', gateways: [web, edge] }],
    ]);
  });

  test('of an annotated name is all Gateways that accepted the route', () => {
    const annotations = { 'cluster-hosts/hostname': 'x.home.lan' };
    const parents = [web, edge, parent('third', { accepted: false })];
    expect(targets(httpRoute('web', [], { annotations, parents }))).toEqual([
      ['x.home.lan', { via: 'gateway', gateways: [web, edge] }],
    ]);
  });

  test('is what an annotation says', () => {
    const annotations = { 'cluster-hosts/address': '10.0.0.9' };
    expect(targets(httpRoute('web', ['a.home.lan'], { annotations }))).toEqual([
      ['a.home.lan', { via: 'addresses', addresses: ['10.0.0.9'] }],
    ]);
  });
});
