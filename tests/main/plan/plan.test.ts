import { describe, expect, test } from 'vitest';
import type { ResolvedClaim } from '../../../main/desired/desired.ts';
import { type HostEntry, MANUAL, type Origin } from '../../../main/desired/host-entry.ts';
import type { PlanInput } from '../../../main/plan/plan.ts';
import { entry } from '../../arbitraries.ts';
import { claim, except, INGRESS, LIVE, linesOf, ofKind, planOf, rowsOf, SERVICE } from '../../fixtures/plans.ts';

const A = 'a.home.lan';
const NONE: readonly HostEntry[] = [];
const here = (address: string, origin: Origin = INGRESS, hostname = A) => entry(hostname, address, origin);
const wants = (...addresses: string[]) => claim(A, INGRESS, ...addresses);

type Case = [
  title: string,
  current: readonly HostEntry[],
  claims: readonly ResolvedClaim[],
  rows: readonly string[],
  rest?: Partial<PlanInput>,
];

/** Rows as expected, and the file afterwards holds what the rows say: all but what is removed, blocked or waits. */
function check(...[, current, claims, rows, rest]: Case): void {
  const plan = planOf({ current, claims, ...rest });
  expect(rowsOf(plan)).toEqual(rows);
  const stays = rows.filter(row => /^(in-sync|add|update|stale) /.test(row)).map(row => row.replace(/^\S+ /, ''));
  expect(linesOf(plan)).toEqual(stays.toSorted());
}

describe('a name that an object asks for', () => {
  const foreign = new Map([[A, '10.0.0.1 a.home.lan']]);
  test.each<Case>([
    ['is added', NONE, [wants('10.0.0.70')], [`add ${A} 10.0.0.70`]],
    ['is added in both families', NONE, [wants('10.0.0.70', 'fd00::70')], [`add ${A} 10.0.0.70`, `add ${A} fd00::70`]],
    ['is in sync', [here('10.0.0.70')], [wants('10.0.0.70')], [`in-sync ${A} 10.0.0.70`]],
    ['follows its address', [here('10.0.0.70')], [wants('10.0.0.71')], [`update ${A} 10.0.0.71`]],
    ['changes hands', [here('10.0.0.70', SERVICE)], [wants('10.0.0.70')], [`update ${A} 10.0.0.70`]],
    [
      'gets a second family',
      [here('10.0.0.70')],
      [wants('10.0.0.70', 'fd00::70')],
      [`in-sync ${A} 10.0.0.70`, `add ${A} fd00::70`],
    ],
    [
      'loses a family',
      [here('10.0.0.70'), here('fd00::70')],
      [wants('fd00::70')],
      [`remove ${A} 10.0.0.70`, `in-sync ${A} fd00::70`],
    ],
    ['keeps its address while it has none', [here('10.0.0.70')], [wants()], [`stale ${A} 10.0.0.70`]],
    [
      'keeps both families while it has none',
      [here('10.0.0.70'), here('fd00::70')],
      [wants()],
      [`stale ${A} 10.0.0.70`, `stale ${A} fd00::70`],
    ],
    ['is not there while it never had one', NONE, [wants()], []],
    ['is blocked by a line of the user', NONE, [wants('10.0.0.70')], [`blocked ${A} 10.0.0.70`], { foreign }],
    ['goes for a line of the user', [here('10.0.0.70')], [wants('10.0.0.70')], [`remove ${A} 10.0.0.70`], { foreign }],
    [
      'goes for a line of the user, typed',
      [here('10.0.0.9', MANUAL)],
      [claim(A, MANUAL, '10.0.0.9')],
      [`remove ${A} 10.0.0.9`],
      { foreign },
    ],
    [
      'takes nothing from a name that was typed before',
      [here('10.0.0.9', MANUAL)],
      [wants()],
      [`remove ${A} 10.0.0.9`],
    ],
    ['waits for consent', NONE, [claim('x.other.lan', INGRESS, '10.0.0.70')], ['needs-consent x.other.lan 10.0.0.70']],
    ['waits for consent without an address', NONE, [claim('x.other.lan', INGRESS)], ['needs-consent x.other.lan']],
    [
      'goes with its consent',
      [here('10.0.0.70', INGRESS, 'x.other.lan')],
      [claim('x.other.lan', INGRESS, '10.0.0.70')],
      ['remove x.other.lan 10.0.0.70'],
    ],
    ['is denied', NONE, [claim('localhost', INGRESS, '10.0.0.70')], ['blocked localhost 10.0.0.70']],
    [
      'goes where it is denied',
      [here('10.0.0.70', INGRESS, 'github.com')],
      [claim('github.com', INGRESS, '10.0.0.70')],
      ['remove github.com 10.0.0.70'],
    ],
    [
      'needs no consent where it is typed',
      NONE,
      [claim('x.other.lan', MANUAL, '8.8.8.8')],
      ['add x.other.lan 8.8.8.8'],
    ],
    [
      'is left to the user, who typed it',
      [here('10.0.0.70')],
      [wants('10.0.0.70'), claim(A, MANUAL, '10.0.0.9')],
      [`update ${A} 10.0.0.9`, `blocked ${A} 10.0.0.70`],
    ],
    [
      'that is there twice goes once',
      [here('10.0.0.70'), here('10.0.0.71')],
      [wants('10.0.0.70')],
      [`remove ${A} 10.0.0.71`, `in-sync ${A} 10.0.0.70`],
    ],
    ['at an address that nobody may write is none', NONE, [wants('127.0.0.1')], []],
    [
      'at an address that nobody may write takes the place of nothing',
      [here('10.0.0.70')],
      [wants('127.0.0.1')],
      [`remove ${A} 10.0.0.70`],
    ],
  ])('%s', check);

  test('says why', () => {
    const reasons = (...[, current, claims, , rest]: Case) =>
      planOf({ current, claims, ...rest }).rows.map(row => row.reason);
    expect(reasons('', NONE, [wants('10.0.0.70')], [], { foreign })).toEqual([
      'It is in the file already: 10.0.0.1 a.home.lan',
    ]);
    expect(reasons('', [here('10.0.0.70')], [wants()], [])).toEqual(['It has no address yet. Its last address stays.']);
    expect(reasons('', NONE, [claim('x.other.lan', INGRESS)], [])).toEqual(['Allow other.lan to have this name.']);
    expect(reasons('', [here('10.0.0.7', SERVICE)], [wants('10.0.0.7')], [])).toEqual([
      'It was asked for by Service default/web.',
    ]);
    expect(reasons('', [here('10.0.0.7', SERVICE)], [wants('10.0.0.8')], [])).toEqual(['']);
  });

  test('says what was there, what to allow, and what has no address', () => {
    expect(planOf({ current: [here('10.0.0.70')], claims: [wants('10.0.0.71')] }).rows[0]?.from).toBe('10.0.0.70');
    expect(planOf({ claims: [claim('x.other.lan', INGRESS)] }).rows[0]?.domain).toBe('other.lan');
    const badly = claim(A, ofKind('Ingress', 'web', ''), '10.0.0.70');
    expect(planOf({ claims: [badly] }).skipped).toMatchObject([{ hostname: A, reason: 'denied-name' }]);
    expect(planOf({ claims: [wants()] }).skipped).toMatchObject([
      { hostname: A, origin: INGRESS, reason: 'no-address' },
    ]);
  });

  test('stays the very entry that it was', () => {
    const current = [here('10.0.0.70'), here('10.0.0.20', SERVICE, 'b.home.lan')];
    const claims = [claim('b.home.lan', SERVICE), wants('10.0.0.70')];
    expect(new Set(planOf({ current, claims }).entries)).toEqual(new Set(current));
    expect(planOf({ current, claims }).entries.every(line => current.includes(line))).toBe(true);
  });
});

describe('of several addresses', () => {
  const TWO = wants('10.0.0.9', '10.0.0.10', 'fd00::9', 'fd00::10');
  test.each<[string, readonly HostEntry[], readonly string[], readonly string[]]>([
    ['the one written before stays', [here('10.0.0.10')], ['10.0.0.9'], [`${A} 10.0.0.10`, `${A} fd00::9`]],
    ['then one that answers is taken', NONE, ['10.0.0.10', 'fd00::10'], [`${A} 10.0.0.10`, `${A} fd00::10`]],
    ['also where the one before is gone', [here('10.0.0.8')], ['10.0.0.10'], [`${A} 10.0.0.10`, `${A} fd00::9`]],
    ['then the smallest', NONE, ['10.0.0.99'], [`${A} 10.0.0.9`, `${A} fd00::9`]],
  ])('%s', (_title, current, answering, lines) => {
    expect(linesOf(planOf({ current, claims: [TWO], answering: new Set(answering) }))).toEqual(lines);
  });
});

describe('a line of the user for a name that nobody asks for any more', () => {
  test.each([
    ['is the only one left', LIVE],
    ['is the only one left, whatever is readable', except('forbidden', 'Ingress')],
  ])('%s', (_title, states) => {
    const plan = planOf({ current: [here('10.0.0.70')], foreign: new Map([[A, '10.0.0.1 a.home.lan']]), states });
    expect(rowsOf(plan)).toEqual([`remove ${A} 10.0.0.70`]);
    expect([...plan.withdrawn]).toEqual([A]);
  });
});

describe('a name that the user took back', () => {
  test('goes, whatever is readable', () => {
    expect(rowsOf(planOf({ current: [here('10.0.0.9', MANUAL)], states: new Map() }))).toEqual([
      `remove ${A} 10.0.0.9`,
    ]);
  });
  test('may be had by others', () => {
    const claims = [wants('10.0.0.70')];
    expect(rowsOf(planOf({ current: [here('10.0.0.9', MANUAL)], claims }))).toEqual([`update ${A} 10.0.0.70`]);
  });
});

test('names that may not be in the file are told apart from names that are gone', () => {
  const typed = here('10.0.0.4', MANUAL, 'y.other.lan');
  const known = [here('10.0.0.2', INGRESS, 'x.other.lan'), here('10.0.0.3', INGRESS, 'b.home.lan')];
  const current = [here('10.0.0.1'), typed, ...known];
  const foreign = new Map([['b.home.lan', '1.2.3.4 b.home.lan']]);
  const claims = [claim('b.home.lan', INGRESS, '10.0.0.3')];
  expect([...planOf({ current, foreign, claims }).withdrawn].sort()).toEqual(['b.home.lan', 'x.other.lan']);
});
