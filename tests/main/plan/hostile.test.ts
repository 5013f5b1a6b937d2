import { fc } from '@fast-check/vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../main/cluster/objects.ts';
import { DesiredNames } from '../../../main/desired/desired.ts';
import { formatOrigin, parseHostEntry } from '../../../main/desired/host-entry.ts';
import { judgeName } from '../../../main/desired/name-policy.ts';
import { parseHosts, withSection } from '../../../main/hosts/block.ts';
import { type Plan, planChanges } from '../../../main/plan/plan.ts';
import { FULL } from '../../arbitraries.ts';
import {
  clusterOf,
  gateway,
  httpRoute,
  ingress,
  ingressClass,
  ingressRoute,
  POLICY,
  RULES,
  service,
  status,
  traefik,
} from '../../fixtures/objects.ts';
import { LIVE, linesOf } from '../../fixtures/plans.ts';
import { hostileObject, withoutTwins } from '../../fixtures/random-objects.ts';

const FILE = '127.0.0.1\tlocalhost\n10.0.0.1 a.home.lan # mine\n';
const OBJECTS = FULL ? 200_000 : 10_000;

/** Objects of a home in the midst of it, one of each sort, at names that nobody else asks for. */
const HONEST = [
  traefik(['10.0.0.70', 'fd00::70']),
  ingressClass('traefik', { instance: 'traefik-kube-system' }),
  service('honest', ['10.0.0.20']),
  ingress('honest', ['i.honest.home.lan']),
  ingressRoute('honest', ['Host(`r.honest.home.lan`)'], { className: 'traefik' }),
  gateway('web', ['*.honest.home.lan'], { status: status('10.0.0.75') }),
  httpRoute('honest', ['g.honest.home.lan']),
];
const POLICY_HERE = { ...POLICY, allowedDomains: ['home.lan', 'lan', 'other.lan'] };

function planFor(objects: readonly KubeObject[]): Plan {
  const rules = { ...RULES, policy: POLICY_HERE, allowPublic: true };
  const desired = new DesiredNames().of(clusterOf(...objects), rules);
  const foreign = new Map([['a.home.lan', '10.0.0.1 a.home.lan']]);
  return planChanges({ current: [], answering: new Set(), foreign, desired, policy: POLICY_HERE, states: LIVE });
}

describe('a cluster of objects that mean harm', () => {
  let plan: Plan;

  beforeAll(() => {
    plan = planFor(withoutTwins([...fc.sample(hostileObject, OBJECTS), ...HONEST]));
  }, 120_000);

  test('takes nothing from those that mean none', () => {
    expect(linesOf(plan)).toEqual(expect.arrayContaining([...linesOf(planFor(HONEST))]));
    expect(linesOf(planFor(HONEST))).toHaveLength(10);
    expect(plan.skipped.length).toBeGreaterThan(100);
    expect(plan.rows.length).toBeGreaterThan(20);
  });

  test('writes entries only, none of a name that is not its own', () => {
    for (const { hostname, address, origin } of plan.entries) {
      expect(parseHostEntry(hostname, address, origin)).toBeDefined();
      expect(judgeName(hostname, POLICY_HERE)).toEqual({ verdict: 'allowed' });
      expect(hostname).not.toBe('a.home.lan');
    }
  });

  test('makes no lines but its own', () => {
    const parsed = parseHosts(FILE);
    const made = parsed.state === 'ok' ? withSection(parsed.hosts, 'turing-cluster', plan.entries) : parsed;
    if (made.state !== 'ok') throw new Error(made.message);
    const all = made.text
      .slice(FILE.length)
      .split('\n')
      .filter(line => line !== '');
    const lines = all.filter(line => !line.startsWith('#'));
    expect(lines).toHaveLength(plan.entries.length);
    expect(new Set(lines)).toEqual(new Set(plan.entries.map(({ hostname, address }) => `${address}\t${hostname}`)));
    const known = ['# BEGIN', '# Kept', '# cluster', '# END'];
    const comments = all.filter(line => line.startsWith('#') && !known.some(word => line.startsWith(word)));
    expect(new Set(comments)).toEqual(new Set(plan.entries.map(({ origin }) => `# ${formatOrigin(origin)}`)));
    expect(all).toHaveLength(lines.length + comments.length + known.length);
    const back = parseHosts(made.text);
    expect(back).toMatchObject({ state: 'ok', hosts: { head: FILE, tail: '', block: { edited: false } } });
  });

  test('changes nothing that every object has', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});
