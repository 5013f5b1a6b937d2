import { describe, expect, test } from 'vitest';
import { DesiredNames } from '../../../main/desired/desired.ts';
import { nameRules } from '../../../main/desired/name-rules.ts';

const WISHES = { cluster: undefined, suffix: 'local', allowDomains: [], names: [], namespaces: [] };
const NOTHING = { list: () => [] };

describe('what the user leaves out', () => {
  const nas = { hostname: 'nas.home.lan', address: '10.0.0.20' };
  const rules = nameRules({ ...WISHES, names: [nas], excluded: ['nas.home.lan'] }, 'home', []);

  test('is asked for by nobody, and is told', () => {
    const { claims, skipped } = new DesiredNames().of(NOTHING, rules);
    expect(claims).toEqual([]);
    expect(skipped).toEqual([
      { hostname: 'nas.home.lan', origin: expect.anything(), reason: 'excluded', message: 'You left it out.' },
    ]);
  });

  test('comes back when it is let in again', () => {
    const names = new DesiredNames();
    names.of(NOTHING, rules);
    expect(names.of(NOTHING, { ...rules, excluded: [] }).claims).toMatchObject([{ hostname: 'nas.home.lan' }]);
  });
});

describe('the cluster’s name', () => {
  test.each([
    ['home', 'home'],
    ['default', 'turing-cluster'],
    ['arn:aws:eks/Prod', 'arn-aws-eks-prod'],
    ['***', 'turing-cluster'],
  ])('of context %s is %s', (context, cluster) => {
    expect(nameRules(WISHES, context, []).policy.cluster).toBe(cluster);
  });
});
