import { describe, expect, test } from 'vitest';
import type { Kind, KindState, KubeObject } from '../../../main/cluster/objects.ts';
import { DesiredNames } from '../../../main/desired/desired.ts';
import type { HostEntry } from '../../../main/desired/host-entry.ts';
import type { NameRules } from '../../../main/desired/rules.ts';
import { type Plan, planChanges } from '../../../main/plan/plan.ts';
import {
  clusterOf,
  gateway,
  httpRoute,
  ingress,
  ingressRoute,
  POLICY,
  RULES,
  service,
  traefik,
} from '../../fixtures/objects.ts';
import { except, LIVE, linesOf, rowsOf } from '../../fixtures/plans.ts';

/** A home through its days: each day its objects are planned over the file that the day before left. */
class Home {
  readonly #names = new DesiredNames();
  current: readonly HostEntry[] = [];

  day(objects: readonly KubeObject[], states: ReadonlyMap<Kind, KindState> = LIVE, rules: NameRules = RULES): Plan {
    const desired = this.#names.of(clusterOf(...objects), rules);
    const nothing = { foreign: new Map(), answering: new Set<string>() };
    const plan = planChanges({ ...nothing, current: this.current, desired, policy: rules.policy, states });
    this.current = plan.entries;
    return plan;
  }
}

const NAS = service('nas', ['10.0.0.71']);
const WEB = ingress('web', ['a.home.lan']);
const OLD_ROUTE = ingressRoute('old', ['Host(`b.home.lan`, `c.home.lan`)']);
const TRAEFIK_2 = traefik(['10.0.0.70'], { chart: 'traefik-27.0.2' });
const ALL = [TRAEFIK_2, NAS, WEB, OLD_ROUTE];
const LINES = [
  ...['a.home.lan 10.0.0.70', 'b.home.lan 10.0.0.70', 'c.home.lan 10.0.0.70', 'nas.turing-cluster.local 10.0.0.71'],
  ...['turing-cluster 10.0.0.70', 'turing-cluster.local 10.0.0.70'],
];
const statesOf = ({ rows }: Plan) => [...new Set(rows.map(({ state }) => state))];

function settled(objects: readonly KubeObject[] = ALL): Home {
  const home = new Home();
  home.day(objects);
  return home;
}

describe('a home', () => {
  test('is written once', () => {
    const home = new Home();
    expect(linesOf(home.day(ALL))).toEqual(LINES);
    expect(statesOf(home.day(ALL))).toEqual(['in-sync']);
  });

  test('keeps its names while MetalLB restarts', () => {
    const home = settled();
    const restarting = home.day([traefik([], { chart: 'traefik-27.0.2' }), service('nas'), WEB, OLD_ROUTE]);
    expect(statesOf(restarting)).toEqual(['stale']);
    expect(linesOf(restarting)).toEqual(LINES);
    expect(statesOf(home.day(ALL))).toEqual(['in-sync']);
  });

  test("keeps its routes while Traefik's Service is gone; only the cluster's own names go", () => {
    const home = settled();
    const plan = home.day([NAS, WEB, OLD_ROUTE]);
    expect(rowsOf(plan).filter(row => row.startsWith('remove'))).toEqual([
      'remove turing-cluster 10.0.0.70',
      'remove turing-cluster.local 10.0.0.70',
    ]);
    expect(linesOf(plan)).toEqual(LINES.slice(0, 4));
  });

  test.each(['stale', 'forbidden', 'absent', 'starting'] as const)('keeps all while Services are %s', state => {
    const home = settled();
    expect(linesOf(home.day([], except(state, 'Service')))).toEqual(LINES);
  });

  test('lets one name go while another kind cannot be read', () => {
    const home = settled();
    const plan = home.day([TRAEFIK_2, WEB], except('forbidden', 'IngressRoute'));
    expect(rowsOf(plan).filter(row => row.startsWith('remove'))).toEqual(['remove nas.turing-cluster.local 10.0.0.71']);
    expect(rowsOf(plan).filter(row => row.startsWith('stale'))).toEqual([
      'stale b.home.lan 10.0.0.70',
      'stale c.home.lan 10.0.0.70',
    ]);
  });

  test('gives a name to its first holder again, whoever asked in the meantime', () => {
    const rival = service('rival', ['10.0.0.99'], { annotations: { 'cluster-hosts/hostname': 'a.home.lan' } });
    const home = settled();
    home.day([...ALL.filter(object => object !== WEB), rival], except('forbidden', 'Ingress'));
    const back = home.day([...ALL, rival]);
    expect(rowsOf(back)).toContain('in-sync a.home.lan 10.0.0.70');
    expect(rowsOf(back)).toContain('blocked a.home.lan 10.0.0.99');
  });

  test('takes names out with their consent, and puts them back with it', () => {
    const home = settled();
    const strict = { ...RULES, policy: { ...POLICY, allowedDomains: [] } };
    expect(linesOf(home.day(ALL, LIVE, strict))).toEqual(LINES.slice(3));
    expect(rowsOf(home.day(ALL, LIVE, strict))).toContain('needs-consent a.home.lan 10.0.0.70');
    expect(linesOf(home.day(ALL))).toEqual(LINES);
  });

  test('follows Traefik to another address', () => {
    const plan = settled().day([traefik(['10.0.0.80'], { chart: 'traefik-27.0.2' }), NAS, WEB, OLD_ROUTE]);
    expect(linesOf(plan)).toEqual(LINES.map(line => line.replace(/10\.0\.0\.70$/, '10.0.0.80')));
  });

  test('keeps the names of a route whose Gateway cannot be read', () => {
    const home = settled([traefik(), gateway('web', ['x.home.lan']), httpRoute('h', [])]);
    const plan = home.day([traefik(), httpRoute('h', [])], except('forbidden', 'Gateway'));
    expect(rowsOf(plan)).toContain('stale x.home.lan 10.0.0.70');
  });
});
