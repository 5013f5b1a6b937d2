import { describe, expect, test } from 'vitest';
import type { Kind, KindState } from '../../../main/cluster/objects.ts';
import { CLAIMING_KINDS, type ResolvedClaim } from '../../../main/desired/desired.ts';
import { type HostEntry, MANUAL, type Origin } from '../../../main/desired/host-entry.ts';
import type { PlanInput } from '../../../main/plan/plan.ts';
import { entry } from '../../arbitraries.ts';
import { claim, except, INGRESS, LIVE, ofKind, planOf, rowsOf, TRAEFIK } from '../../fixtures/plans.ts';

const A = 'a.home.lan';
const here = (address: string, origin: Origin = INGRESS, hostname = A) => entry(hostname, address, origin);

/** What each origin derives from: the kind itself, where its address is from, and what says its hosts. */
const DERIVES: Readonly<Record<(typeof CLAIMING_KINDS)[number], readonly Kind[]>> = {
  Service: ['Service'],
  Ingress: ['Ingress', 'Service'],
  IngressRoute: ['IngressRoute', 'Service'],
  'IngressRoute.traefik.containo.us': ['IngressRoute.traefik.containo.us', 'Service'],
  IngressRouteTCP: ['IngressRouteTCP', 'Service'],
  'IngressRouteTCP.traefik.containo.us': ['IngressRouteTCP.traefik.containo.us', 'Service'],
  HTTPRoute: ['HTTPRoute', 'Gateway', 'Service'],
  GRPCRoute: ['GRPCRoute', 'Gateway', 'Service'],
  TLSRoute: ['TLSRoute', 'Gateway', 'Service'],
};
const UNSURE: readonly KindState[] = ['stale', 'forbidden', 'absent', 'starting'];

describe.each(CLAIMING_KINDS)('a name that no %s asks for any more', kind => {
  const origin = ofKind(kind);
  const gone = (states: ReadonlyMap<Kind, KindState>, hostname = A) =>
    rowsOf(planOf({ current: [here('10.0.0.70', origin, hostname)], states }));

  test('goes where all is readable', () => {
    expect(gone(LIVE)).toEqual([`remove ${A} 10.0.0.70`]);
  });

  test.each(UNSURE)('stays while a kind that it derives from is %s', state => {
    for (const unsure of DERIVES[kind]) expect(gone(except(state, unsure))).toEqual([`stale ${A} 10.0.0.70`]);
  });

  test.each(UNSURE)('goes while only others are %s', state => {
    const others = [...CLAIMING_KINDS, 'Gateway' as const].filter(other => !DERIVES[kind].includes(other));
    expect(gone(except(state, ...others))).toEqual([`remove ${A} 10.0.0.70`]);
  });

  test('stays while nothing is known of any kind', () => {
    expect(gone(new Map())).toEqual([`stale ${A} 10.0.0.70`]);
  });

  test('goes where it may not be there, whatever is readable', () => {
    const rows = ['x.other.lan', 'github.com'].map(hostname => gone(new Map(), hostname));
    expect(rows).toEqual([['remove x.other.lan 10.0.0.70'], ['remove github.com 10.0.0.70']]);
  });

  test.each(['stale', 'forbidden', 'starting'] as const)(
    'is not handed on while a kind that it derives from is %s',
    state => {
      const current = [here('10.0.0.70', origin)];
      for (const unsure of DERIVES[kind]) {
        const states = except(state, unsure);
        for (const next of [ofKind('Ingress', 'next'), ofKind('Service', 'next')]) {
          const plan = planOf({ current, claims: [claim(A, next, '10.0.0.99')], states });
          expect(rowsOf(plan)).toEqual([`stale ${A} 10.0.0.70`, `blocked ${A} 10.0.0.99`]);
          expect(plan.entries).toEqual(current);
        }
      }
    },
  );

  test('is handed on where all is readable, or where the cluster has no such kind', () => {
    const claims = [claim(A, ofKind('Ingress', 'next'), '10.0.0.99')];
    for (const states of [LIVE, except('absent', ...DERIVES[kind])]) {
      expect(rowsOf(planOf({ current: [here('10.0.0.70', origin)], claims, states }))).toEqual([
        `update ${A} 10.0.0.99`,
      ]);
    }
  });
});

describe('a holder that cannot be seen', () => {
  const hidden = except('forbidden', 'Ingress');
  const next = ofKind('Service', 'next');
  test.each<[string, readonly HostEntry[], readonly ResolvedClaim[], readonly string[], Partial<PlanInput>]>([
    [
      'is not shown to keep from others what they have anyway',
      [here('10.0.0.7')],
      [claim(A, next, '10.0.0.7')],
      [`stale ${A} 10.0.0.7`],
      { states: hidden },
    ],
    [
      'gives way to the user',
      [here('10.0.0.7')],
      [claim(A, MANUAL, '10.0.0.9')],
      [`update ${A} 10.0.0.9`],
      { states: hidden },
    ],
    [
      'keeps the name though another line of it was typed and taken back',
      [here('10.0.0.9', MANUAL), here('fd00::7')],
      [claim(A, next, '10.0.0.8')],
      [`remove ${A} 10.0.0.9`, `stale ${A} fd00::7`, `blocked ${A} 10.0.0.8`],
      { states: hidden },
    ],
    [
      "gives the cluster's own name to Traefik",
      [here('10.0.0.7', INGRESS, 'turing-cluster.local')],
      [claim('turing-cluster.local', TRAEFIK, '10.0.0.70')],
      ['update turing-cluster.local 10.0.0.70'],
      { states: hidden },
    ],
    [
      'gives way to a line of the user',
      [here('10.0.0.7')],
      [claim(A, next, '10.0.0.8')],
      [`remove ${A} 10.0.0.7`],
      { states: hidden, foreign: new Map([[A, 'x']]) },
    ],
    [
      'keeps its family where the user typed the other',
      [here('fd00::7')],
      [claim(A, MANUAL, '10.0.0.9')],
      [`add ${A} 10.0.0.9`, `stale ${A} fd00::7`],
      { states: hidden },
    ],
  ])('%s', (_title, current, claims, rows, rest) => {
    expect(rowsOf(planOf({ current, claims, ...rest }))).toEqual(rows);
  });
});
