import { fc, test as property } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Kind, KindState, KubeObject } from '../../../main/cluster/objects.ts';
import { familyOf } from '../../../main/desired/address-policy.ts';
import { DesiredNames } from '../../../main/desired/desired.ts';
import { type HostEntry, MANUAL, parseHostEntry } from '../../../main/desired/host-entry.ts';
import { judgeName } from '../../../main/desired/name-policy.ts';
import type { NameRules } from '../../../main/desired/rules.ts';
import { holdMassRemoval } from '../../../main/plan/guard.ts';
import { type Plan, type PlanInput, Planner, planChanges } from '../../../main/plan/plan.ts';
import { RUNS } from '../../arbitraries.ts';
import { clusterOf, RULES } from '../../fixtures/objects.ts';
import { LIVE, ofKind } from '../../fixtures/plans.ts';
import { homeCluster } from '../../fixtures/random-objects.ts';

/** Everything that a plan is made from, as it may be in a home. */
interface Moment {
  readonly objects: readonly KubeObject[];
  readonly rules: NameRules;
  readonly current: readonly HostEntry[];
  readonly foreign: ReadonlyMap<string, string>;
  readonly states: ReadonlyMap<Kind, KindState>;
  readonly answering: ReadonlySet<string>;
}

const NAMES = [
  'a.home.lan',
  'b.home.lan',
  'c.home.lan',
  'x.other.lan',
  'turing-cluster.local',
  'x.turing-cluster.local',
];
const ADDRESSES = ['10.0.0.70', '10.0.0.71', '10.0.0.9', 'fd00::70', 'fd00::71'];
const origin = fc
  .tuple(
    fc.constantFrom('Service', 'Ingress', 'IngressRoute', 'HTTPRoute'),
    fc.constantFrom('web', 'grafana', 'traefik'),
  )
  .map(([kind, name]) => ofKind(kind, name));

/** What a file holds: of each name and family one line, mostly all from one object, sometimes of a hand that edited it. */
const written = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), fc.constantFrom(...ADDRESSES), fc.oneof(origin, fc.constant(MANUAL))), {
    maxLength: 8,
  })
  .map(lines => lines.flatMap(([name, address, from]) => parseHostEntry(name, address, from) ?? []));

const rules = fc
  .record({
    allowed: fc.constantFrom(['home.lan'], ['home.lan', 'other.lan'], []),
    manual: fc.constantFrom(
      [],
      [{ hostname: 'b.home.lan', address: '10.0.0.9' }],
      [{ hostname: 'localhost', address: '10.0.0.9' }],
    ),
    allowPublic: fc.boolean(),
  })
  .map(({ allowed, manual, allowPublic }): NameRules => {
    return { ...RULES, policy: { ...RULES.policy, allowedDomains: allowed }, manual, allowPublic };
  });

const state = fc.constantFrom<KindState>('live', 'live', 'live', 'stale', 'forbidden', 'absent', 'starting');
const states = fc.oneof(
  fc.constant(LIVE),
  fc.array(fc.tuple(fc.constantFrom(...LIVE.keys()), state)).map(list => new Map([...LIVE, ...list])),
);

const moment: fc.Arbitrary<Moment> = fc.record({
  ...{ objects: homeCluster, rules, current: written, states },
  foreign: fc.subarray(NAMES, { maxLength: 1 }).map(names => new Map(names.map(name => [name, `1.2.3.4 ${name}`]))),
  answering: fc.subarray(ADDRESSES).map(addresses => new Set(addresses)),
});

function inputOf({ objects, rules, ...rest }: Moment): PlanInput {
  return { ...rest, policy: rules.policy, desired: new DesiredNames().of(clusterOf(...objects), rules) };
}
const planFor = (given: Moment) => planChanges(inputOf(given));

const fail = (): never => {
  throw new Error('no steps');
};
const key = ({
  hostname,
  address,
  origin: { kind, namespace, name },
}: Pick<HostEntry, 'hostname' | 'address' | 'origin'>) => `${hostname} ${address} ${kind} ${namespace}/${name}`;
const slot = ({ hostname, address }: HostEntry) => `${hostname} ${familyOf(address)}`;
const sorted = (texts: Iterable<string>) => [...texts].sort();

describe('any plan', () => {
  const runs = { numRuns: Math.min(RUNS, 10_000) };

  property.prop([moment, fc.infiniteStream(fc.nat(999))], runs)(
    'is the same for any order of its input',
    (given, numbers) => {
      const shuffle = <T>(items: readonly T[]) =>
        items
          .map(item => ({ item, at: numbers.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
      const input = inputOf({ ...given, objects: shuffle(given.objects), current: shuffle(given.current) });
      const other = planChanges({ ...input, desired: { ...input.desired, claims: shuffle(input.desired.claims) } });
      const plan = planFor(given);
      expect(other.rows).toEqual(plan.rows);
      expect(other.entries).toEqual(plan.entries);
      const skips = ({ skipped }: Plan) => sorted(skipped.map(skip => JSON.stringify(skip)));
      expect(skips(other)).toEqual(skips(plan));
    },
  );

  property.prop([moment], runs)('leaves nothing to do once it is carried out', given => {
    const { entries } = planFor(given);
    const again = planFor({ ...given, current: entries });
    expect(sorted(again.entries.map(key))).toEqual(sorted(entries.map(key)));
    expect(again.rows.filter(row => ['add', 'update', 'remove'].includes(row.state))).toEqual([]);
    expect(again.entries.every(entry => entries.includes(entry))).toBe(true);
  });

  property.prop([moment], runs)('writes only what may be written, and each name once per family', given => {
    const { entries } = planFor(given);
    const typed = new Set(given.rules.manual.map(({ hostname }) => hostname));
    for (const entry of entries) {
      expect(parseHostEntry(entry.hostname, entry.address, entry.origin)).toEqual(entry);
      const { verdict } = judgeName(entry.hostname, given.rules.policy);
      expect(verdict === 'allowed' || (verdict !== 'denied' && typed.has(entry.hostname))).toBe(true);
      if (entry.origin.kind === 'Manual') expect(typed.has(entry.hostname)).toBe(true);
    }
    if (new Set(given.current.map(slot)).size === given.current.length)
      expect(new Set(entries.map(slot)).size).toBe(entries.length);
  });

  property.prop([moment], runs)('has a row for every line that comes, stays or goes', given => {
    const { rows, entries } = planFor(given);
    const of = (...states: string[]) => rows.filter(row => states.includes(row.state));
    expect(sorted(of('in-sync', 'add', 'update', 'stale').map(key))).toEqual(sorted(entries.map(key)));
    const kept = new Set(entries);
    const updated = of('update').map(row => `${row.hostname} ${row.from}`);
    const gone = given.current
      .filter(entry => !kept.has(entry))
      .map(({ hostname, address }) => `${hostname} ${address}`);
    expect(sorted([...of('remove').map(({ hostname, address }) => `${hostname} ${address}`), ...updated])).toEqual(
      sorted(gone),
    );
    expect(rows.map(({ hostname }) => hostname)).toEqual(sorted(rows.map(({ hostname }) => hostname)));
    for (const row of of('blocked', 'needs-consent')) expect(row.reason).not.toBe('');
    for (const row of of('needs-consent')) expect(row.domain).toBeTruthy();
  });

  property.prop([moment], runs)('lets nothing go of which it is not known whether it is gone', given => {
    const { policy, manual } = given.rules;
    const plan = planFor(given);
    const unknown = ({ origin: { kind } }: HostEntry) => {
      const from: readonly Kind[] =
        kind === 'HTTPRoute' ? [kind, 'Gateway', 'Service'] : kind === 'Manual' ? [] : [kind, 'Service'];
      return from.some(source => given.states.get(source) !== 'live');
    };
    const written = new Set(given.current.map(slot));
    fc.pre(written.size === given.current.length);
    for (const entry of given.current.filter(unknown)) {
      const { hostname } = entry;
      if (given.foreign.has(hostname) || judgeName(hostname, policy).verdict !== 'allowed') continue;
      expect(plan.entries.map(slot)).toContain(slot(entry));
      // Its object is not there to want it, and nobody can say that it is gone: then only the user may have it.
      const isTyped = manual.some(typed => typed.hostname === hostname);
      const isOwn = hostname === 'turing-cluster.local';
      const asks = inputOf(given).desired.claims.some(
        claim => claim.hostname === hostname && key({ ...entry, origin: claim.origin }) === key(entry),
      );
      const isAbsent = [...given.states.values()].includes('absent');
      if (!isTyped && !isOwn && !asks && !isAbsent) expect(plan.entries).toContain(entry);
    }
  });

  property.prop([fc.array(fc.tuple(moment, fc.nat(4)), { minLength: 1, maxLength: 6 })], { numRuns: RUNS / 4 })(
    'is the same whatever was planned before',
    steps => {
      const planner = new Planner();
      const names = new DesiredNames();
      let { objects, current, ...rest } = steps[0]?.[0] ?? fail();
      for (const [next, what] of steps) {
        // Mostly some objects or lines change, now and then everything.
        if (what !== 1) objects = [...new Set([...objects.slice(1), ...next.objects.slice(0, 3)])];
        if (what !== 2) current = [...new Set([...next.current.slice(0, 2), ...current.slice(1)])];
        if (what === 3) ({ objects, current, ...rest } = next);
        const { rules, foreign, states, answering } = rest;
        const input = {
          current,
          foreign,
          states,
          answering,
          policy: rules.policy,
          desired: names.of(clusterOf(...objects), rules),
        };
        const [plan, fresh] = [planner.plan(input), planChanges(input)];
        expect(plan.rows).toEqual(fresh.rows);
        expect(plan.entries).toEqual(fresh.entries);
        expect(plan.counts).toEqual(fresh.counts);
        expect(plan.withdrawn).toEqual(fresh.withdrawn);
        const count = (state: string) => plan.rows.filter(row => row.state === state).length;
        for (const [state, number] of Object.entries(plan.counts)) expect(number).toBe(count(state));
      }
    },
  );

  property.prop([moment, fc.uniqueArray(fc.constantFrom(...NAMES, 'd.home.lan', 'e.home.lan'))], runs)(
    'with its mass removals held back still writes only what may be written',
    (given, recent) => {
      const planned = planFor(given);
      const { plan, held } = holdMassRemoval(planned, given.current, new Set(recent));
      for (const entry of planned.entries) expect(plan.entries).toContain(entry);
      for (const entry of plan.entries) {
        const { verdict } = judgeName(entry.hostname, given.rules.policy);
        expect(verdict === 'allowed' || entry.origin.kind === 'Manual').toBe(true);
        expect(given.foreign.has(entry.hostname) && held?.names.has(entry.hostname)).not.toBe(true);
      }
    },
  );
});
