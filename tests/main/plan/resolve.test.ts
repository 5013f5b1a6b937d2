import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { ResolvedClaim } from '../../../main/desired/desired.ts';
import { formatOrigin, MANUAL, type Origin, sameOrigin } from '../../../main/desired/host-entry.ts';
import { resolveClaims } from '../../../main/plan/resolve.ts';
import { RUNS } from '../../arbitraries.ts';
import { POLICY } from '../../fixtures/objects.ts';
import { claim, ofKind, SERVICE, TRAEFIK } from '../../fixtures/plans.ts';

const A = 'a.home.lan';
const OWN = 'turing-cluster.local';

const WEB = ofKind('Ingress');
const API = ofKind('Ingress', 'api');
const EARLY = ofKind('Service', 'a', 'aaa');
const ROUTE = ofKind('TLSRoute', 'zzz', 'aaa');
const ORIGINS = [WEB, API, ROUTE, SERVICE, MANUAL, TRAEFIK, ofKind('TLSRoute'), ofKind('GRPCRoute'), EARLY];

/** A claim with an address that says whose it is, so that no two point to the same. */
function by(origin: Origin, hostname = A): ResolvedClaim {
  return claim(hostname, origin, `10.0.0.${ORIGINS.findIndex(other => sameOrigin(other, origin))}`);
}

/** The winner's origin, then the losers'. */
function resolved(claims: readonly ResolvedClaim[], holder?: Origin): readonly string[] {
  const { winner, losers } = resolveClaims(claims, holder, POLICY);
  return [
    winner === undefined ? '-' : formatOrigin(winner.origin),
    ...losers.map(({ origin }) => formatOrigin(origin)),
  ];
}

const [web, api, route, svc, typed, early] = [WEB, API, ROUTE, SERVICE, MANUAL, EARLY].map(origin => by(origin));

describe('the winner of a name', () => {
  test.each<[string, readonly (ResolvedClaim | undefined)[], Origin | undefined, readonly string[]]>([
    ['is the only one', [web], undefined, ['Ingress default/web']],
    ['is the user', [svc, web, typed], WEB, ['Manual', 'Ingress default/web', 'Service default/web']],
    ['is the holder', [api, web], WEB, ['Ingress default/web', 'Ingress default/api']],
    ['is the holder, a Service before a route', [web, svc], SERVICE, ['Service default/web', 'Ingress default/web']],
    ['is a route before a Service', [svc, web], undefined, ['Ingress default/web', 'Service default/web']],
    [
      'is a route before a Service of an earlier name',
      [early, web],
      undefined,
      ['Ingress default/web', 'Service aaa/a'],
    ],
    [
      'is the first by namespace, then name',
      [web, api, route],
      undefined,
      ['TLSRoute aaa/zzz', 'Ingress default/api', 'Ingress default/web'],
    ],
    [
      'is the first by namespace where the holder asks no more',
      [web, route],
      API,
      ['TLSRoute aaa/zzz', 'Ingress default/web'],
    ],
    [
      'is the first by kind where all else is the same',
      [by(ofKind('TLSRoute')), by(ofKind('GRPCRoute'))],
      undefined,
      ['GRPCRoute default/web', 'TLSRoute default/web'],
    ],
    ['is nobody where nobody asks', [], WEB, ['-']],
  ])('%s', (_title, claims, holder, expected) => {
    const asked = claims.filter(asked => asked !== undefined);
    expect(resolved(asked, holder)).toEqual(expected);
    expect(resolved(asked.toReversed(), holder)).toEqual(expected);
  });
});

describe("the cluster's own names", () => {
  const [own, other, mine] = [TRAEFIK, WEB, MANUAL].map(origin => by(origin, OWN));
  test.each<[string, readonly (ResolvedClaim | undefined)[], readonly string[]]>([
    ["are Traefik's", [own], ['Service kube-system/traefik']],
    ["are the user's", [own, mine], ['Manual', 'Service kube-system/traefik']],
    ["are not another's", [other], ['-', 'Ingress default/web']],
    ["are not another's, though it holds them", [own, other], ['Service kube-system/traefik', 'Ingress default/web']],
    [
      'are shown as asked for, also where they lead to the same',
      [own, claim(OWN, WEB, ...(own?.addresses ?? []))],
      ['Service kube-system/traefik', 'Ingress default/web'],
    ],
    [
      "are Traefik's Service's, which may ask again",
      [own, own && { ...own, rank: 'service' }],
      ['Service kube-system/traefik'],
    ],
    ['are asked for twice in vain', [other, by(API, OWN)], ['-', 'Ingress default/web', 'Ingress default/api']],
  ])('%s', (_title, claims, expected) => {
    expect(
      resolved(
        claims.filter(asked => asked !== undefined),
        WEB,
      ),
    ).toEqual(expected);
  });

  test('are these two, and none under them', () => {
    expect(resolved([by(WEB, 'turing-cluster')])).toEqual(['-', 'Ingress default/web']);
    expect(resolved([by(WEB, 'a.turing-cluster.local')])).toEqual(['Ingress default/web']);
  });
});

describe('losers', () => {
  test.each<[string, ResolvedClaim, number]>([
    ['that point elsewhere are shown', claim(A, API, '10.0.0.99'), 1],
    ['that have no address are shown', claim(A, API), 1],
    ['that point to the same are not', claim(A, API, '10.0.0.70', 'fd00::70'), 0],
    ['that point to a part of it are', claim(A, API, '10.0.0.70'), 1],
  ])('%s', (_title, loser, count) => {
    expect(resolveClaims([claim(A, WEB, '10.0.0.70', 'fd00::70'), loser], WEB, POLICY).losers).toHaveLength(count);
  });
});

describe('a name that the user typed twice', () => {
  const pair = [claim(A, MANUAL, 'fd00::9'), claim(A, MANUAL, '10.0.0.10'), claim(A, MANUAL, '10.0.0.9')];
  test('has all its addresses, in one order', () => {
    for (const claims of [pair, pair.toReversed()]) {
      expect(resolveClaims(claims, undefined, POLICY).winner?.addresses).toEqual(['10.0.0.9', '10.0.0.10', 'fd00::9']);
      expect(resolved(claims)).toEqual(['Manual']);
    }
  });
});

const asker = fc.constantFrom(WEB, API, ROUTE, SERVICE, ofKind('Service', 'api'), MANUAL, TRAEFIK);
const asked = fc
  .tuple(fc.uniqueArray(asker, { maxLength: 6 }), fc.constantFrom(A, OWN), fc.nat(3))
  .map(([origins, hostname, spread]) =>
    origins.map(origin => claim(hostname, origin, `10.0.0.${(origin.name.length * spread) % 5}`)),
  );

property.prop([asked, fc.option(asker, { nil: undefined }), fc.infiniteStream(fc.nat(99))], { numRuns: RUNS })(
  'any claims have the same outcome in any order, and nobody is forgotten',
  (claims, holder, numbers) => {
    const shuffled = claims.map(item => ({ item, at: numbers.next().value })).sort((a, b) => a.at - b.at);
    const outcome = resolveClaims(claims, holder, POLICY);
    expect(
      resolveClaims(
        shuffled.map(({ item }) => item),
        holder,
        POLICY,
      ),
    ).toEqual(outcome);
    const { winner, losers } = outcome;
    const lost = new Set(losers.map(({ origin }) => origin));
    expect(losers).toHaveLength(lost.size);
    for (const { origin, addresses } of claims) {
      const isWinner = origin === winner?.origin;
      const isSilent = winner !== undefined && addresses.join() === winner.addresses.join();
      expect(isWinner || lost.has(origin) || isSilent).toBe(true);
      expect(isWinner && lost.has(origin)).toBe(false);
    }
  },
);
