import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { HostEntry } from '../../../main/desired/host-entry.ts';
import { holdMassRemoval } from '../../../main/plan/guard.ts';
import { entry, RUNS } from '../../arbitraries.ts';
import { claim, INGRESS, linesOf, planOf, rowsOf } from '../../fixtures/plans.ts';

const at = (number: number) => `10.0.${number >> 8}.${number & 255}`;

/** So many names in the file, at addresses of their own; a second family for the first ones. */
function file(count: number, both = 0): readonly HostEntry[] {
  const first = Array.from({ length: count }, (_, number) => entry(`n${number}.home.lan`, at(number), INGRESS));
  return [
    ...first,
    ...first.slice(0, both).map(({ hostname }, number) => entry(hostname, `fd00::${number + 1}`, INGRESS)),
  ];
}

/** The plan where of these names only the first ones are still asked for. */
function without(current: readonly HostEntry[], left: number) {
  const claims = Array.from({ length: left }, (_, number) => claim(`n${number}.home.lan`, INGRESS, at(number)));
  return planOf({ current, claims });
}

const recent = (count: number) => new Set(Array.from({ length: count }, (_, number) => `gone${number}.home.lan`));

describe('so many names in the file, so many left, so many gone of late', () => {
  test.each([
    [4, 0, 0, 'goes'],
    [5, 0, 0, 'held'],
    [5, 1, 0, 'goes'],
    [9, 4, 0, 'held'],
    [10, 5, 0, 'goes'],
    [10, 4, 0, 'held'],
    [11, 5, 0, 'held'],
    [20_000, 10_000, 0, 'goes'],
    [20_000, 9_999, 0, 'held'],
    [4, 0, 1, 'held'],
    [3, 2, 4, 'held'],
    [5, 4, 3, 'goes'],
    [6, 5, 4, 'goes'],
    [5, 4, 4, 'held'],
    [5, 5, 9, 'goes'],
    [0, 0, 9, 'goes'],
  ])('%i, %i, %i: %s', (count, left, late, outcome) => {
    const current = file(count);
    const plan = without(current, left);
    const guarded = holdMassRemoval(plan, current, recent(late));
    expect(guarded.held === undefined ? 'goes' : 'held').toBe(outcome);
    expect(guarded.plan.entries).toHaveLength(outcome === 'held' ? count : left);
    if (outcome === 'goes') expect(guarded.plan).toBe(plan);
  });
});

describe('names that are held', () => {
  const current = file(6, 2);
  const more = [claim('n0.home.lan', INGRESS, '10.0.9.9'), claim('new.home.lan', INGRESS, '10.0.9.8')];
  const { plan, held } = holdMassRemoval(planOf({ current, claims: more }), current, new Set());

  test('stay as they are, and all else goes on', () => {
    const stay = linesOf({ entries: current.filter(({ hostname }) => hostname !== 'n0.home.lan') });
    expect(linesOf(plan)).toEqual([...stay, 'n0.home.lan 10.0.9.9', 'new.home.lan 10.0.9.8'].sort());
    expect([...(held?.names ?? [])].sort()).toEqual(['n1', 'n2', 'n3', 'n4', 'n5'].map(name => `${name}.home.lan`));
  });

  test('are still shown as to be removed, and say why they are not', () => {
    const told = plan.rows.filter(({ reason }) => reason === held?.message);
    expect(rowsOf({ ...plan, rows: told })).toEqual([
      ...['remove n1.home.lan 10.0.0.1', 'remove n1.home.lan fd00::2', 'remove n2.home.lan 10.0.0.2'],
      ...['remove n3.home.lan 10.0.0.3', 'remove n4.home.lan 10.0.0.4', 'remove n5.home.lan 10.0.0.5'],
    ]);
    expect(held?.message).toContain('5 of 6 names');
    expect(rowsOf(plan)).toContain('remove n0.home.lan fd00::1');
  });
});

test('names that the user typed go when the user takes them back', () => {
  const typed = Array.from({ length: 9 }, (_, number) => entry(`typed${number}.home.lan`, at(number)));
  const plan = planOf({ current: typed, claims: [] });
  expect(plan.counts.remove).toBe(9);
  expect(holdMassRemoval(plan, typed, new Set()).held).toBeUndefined();
});

test('a name with two families is one name', () => {
  const current = file(4, 4);
  expect(holdMassRemoval(without(current, 0), current, new Set()).held).toBeUndefined();
});

test('a name that came back is not gone', () => {
  const current = file(9);
  const back = new Set(['n0.home.lan', 'n1.home.lan', 'n2.home.lan', 'n3.home.lan']);
  expect(holdMassRemoval(without(current, 5), current, back).held).toBeUndefined();
});

test('names that may not be in the file are not held: they go, and the others stay', () => {
  const current = [...file(6), entry('x.other.lan', '10.0.2.1', INGRESS), entry('n9.home.lan', '10.0.2.2', INGRESS)];
  const claims = ['x.other.lan', 'n9.home.lan'].map(hostname => claim(hostname, INGRESS, '10.0.2.1'));
  const planned = planOf({ current, claims, foreign: new Map([['n9.home.lan', '1.2.3.4 n9.home.lan']]) });
  const { plan, held } = holdMassRemoval(planned, current, new Set());
  expect(held?.names.size).toBe(6);
  expect(linesOf(plan)).toEqual(linesOf({ entries: file(6) }));
});

test('consent that is taken back is no mass removal', () => {
  const current = Array.from({ length: 8 }, (_, number) => entry(`n${number}.other.lan`, '10.0.0.70', INGRESS));
  const claims = current.map(({ hostname }) => claim(hostname, INGRESS, '10.0.0.70'));
  const { plan, held } = holdMassRemoval(planOf({ current, claims }), current, new Set());
  expect(held).toBeUndefined();
  expect(plan.entries).toEqual([]);
});

property.prop([fc.nat(30), fc.nat(30), fc.nat(30), fc.nat(10)], { numRuns: RUNS })(
  'more than half of all, and at least five, and nothing less is held',
  (count, left, both, late) => {
    const current = file(count, both);
    const stay = Math.min(left, count);
    const { plan, held } = holdMassRemoval(without(current, stay), current, recent(late));
    const gone = count - stay + late;
    expect(held !== undefined).toBe(count > stay && gone >= 5 && gone > (count + late) / 2);
    for (const line of current.slice(0, stay)) expect(plan.entries).toContain(line);
    if (held !== undefined) for (const { hostname } of current) expect(linesOf(plan).join()).toContain(`${hostname} `);
  },
);
