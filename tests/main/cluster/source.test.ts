import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { KINDS } from '../../../main/cluster/kinds.ts';
import type { Kind } from '../../../main/cluster/objects.ts';
import { ClusterSource, type SourceOptions } from '../../../main/cluster/source.ts';
import type { Fault } from '../../../main/demo/api/faults.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { connectTo } from '../../demo-connection.ts';
import { ManualClock } from '../../manual-clock.ts';
import { waitFor } from '../../wait-for.ts';

const KIND_NAMES = Object.keys(KINDS) as Kind[];
const INGRESSES = 'ingresses.networking.k8s.io';

let demo: Demo;
let connection: Connection;
let clock: ManualClock;
const sources: ClusterSource[] = [];

beforeEach(async () => {
  demo = await startDemo({ bookmarkIntervalMs: 50 });
  connection = connectTo(demo);
  clock = new ManualClock();
});

afterEach(async () => {
  await Promise.all(sources.splice(0).map(source => source.stop()));
  connection.close();
  await demo.stop();
});

/** A source on the manual clock, started, with every kind known. */
async function startSource(options: Partial<SourceOptions> = {}, nudge = tick): Promise<ClusterSource> {
  const source = new ClusterSource({ connection, namespaces: [], clock, random: () => 0.5, ...options });
  sources.push(source);
  source.start();
  await waitFor('every kind is known', () => KIND_NAMES.every(kind => stateOf(source, kind) !== 'starting'), nudge);
  return source;
}

/** Lets time pass, a second at a look. */
const tick = () => clock.advance(1_000);

const callsOf = ({ server }: Demo) => [...server.traffic.calls.values()].reduce((sum, calls) => sum + calls, 0);
const names = (source: ClusterSource, kind: Kind) =>
  [...source.list(kind)].map(({ namespace, name }) => `${namespace}/${name}`).sort();
const stateOf = (source: ClusterSource, kind: Kind) => source.status(kind).state;
const addIngress = (name: string) =>
  demo.cluster.apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'default', name },
    spec: { rules: [{ host: `${name}.turing-cluster.local` }] },
  });
const addRoute = (name: string) =>
  demo.cluster.apply({
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: { namespace: 'default', name },
    spec: { routes: [{ kind: 'Rule', match: 'Host(`route.turing-cluster.local`)' }] },
  });
const inDemo = (resource: string) =>
  demo.cluster.list(resource).map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
const hasIngress = (source: ClusterSource, name: string) => names(source, 'Ingress').includes(`default/${name}`);

/** A change made now arrives. */
async function expectFollows(source: ClusterSource, name: string): Promise<void> {
  addIngress(name);
  await waitFor(`${name} arrives`, () => hasIngress(source, name), tick);
  demo.cluster.remove('ingresses', 'default', name);
  await waitFor(`${name} goes`, () => !hasIngress(source, name), tick);
  expect(stateOf(source, 'Ingress')).toBe('live');
}

describe('a cluster that behaves', () => {
  test('is listed whole, then followed', async () => {
    const source = await startSource();
    expect(names(source, 'Node')).toHaveLength(demo.cluster.list('nodes').length);
    expect(names(source, 'Ingress')).toHaveLength(demo.cluster.list('ingresses').length);
    await expectFollows(source, 'new');
  });

  test('in pages: nothing is missing, nothing twice', async () => {
    for (let n = 0; n < 1_203; n++) addIngress(`many-${n}`);
    const source = await startSource();
    expect(names(source, 'Ingress').filter(name => name.includes('/many-'))).toHaveLength(1_203);
  });

  test('an object that says the same as before stays the same object, and nobody is told', async () => {
    const source = await startSource();
    addRoute('same');
    const find = (name: string) => [...source.list('IngressRoute')].find(route => route.name === name);
    await waitFor('it is there', () => find('same') !== undefined);
    const before = find('same');
    let told = 0;
    source.onChange(() => told++);
    demo.cluster.patch('ingressroutes.traefik.io', 'default', 'same', { metadata: { labels: { irrelevant: 'yes' } } });
    addRoute('after');
    await waitFor('the next one is there', () => find('after') !== undefined);
    expect(find('same')).toBe(before);
    expect(told).toBe(1);
  });

  test('is heard of as long as it says anything, though nothing changes', async () => {
    const source = await startSource();
    await waitFor('nothing is under way', () => demo.server.openWatches() > 0, tick);
    let told = 0;
    source.onChange(() => told++);
    clock.advance(30_000);
    await waitFor('a bookmark comes', () => source.heardAt === clock.now());
    expect(told).toBe(0);
    await demo.server.stop();
    await waitFor('it is missed', () => source.failure !== undefined, tick);
    // Only now is nothing left that had been sent before the end.
    const { heardAt, failure } = source;
    await waitFor('it is tried again', () => source.failure !== failure, tick);
    expect(source.heardAt).toBe(heardAt);
    expect(clock.now()).toBeGreaterThan(heardAt ?? Infinity);
    await demo.server.start();
  });

  test('with namespaces: only theirs, and Traefik', async () => {
    const source = await startSource({ namespaces: ['media'] });
    expect(names(source, 'IngressRoute').every(name => name.startsWith('media/'))).toBe(true);
    expect(names(source, 'IngressRoute')).not.toEqual([]);
    expect(names(source, 'Service')).toContain('kube-system/traefik');
  });

  test('after stop nothing changes any more, in whatever state it was', async () => {
    for (const stage of ['starting', 'ready'] as const) {
      const source = new ClusterSource({ connection, namespaces: [], clock, random: () => 0.5 });
      source.start();
      if (stage === 'ready') await waitFor('ready', () => source.ready);
      await source.stop();
      let told = 0;
      source.onChange(() => told++);
      addIngress(`after-${stage}`);
      await waitFor('no watch is left', () => demo.server.openWatches() === 0, tick);
      expect(told).toBe(0);
      expect(hasIngress(source, `after-${stage}`)).toBe(false);
    }
  });

  test('stopped and started again there is one watch a kind, not two', async () => {
    const source = await startSource();
    const watches = () => demo.server.openWatches(INGRESSES);
    await waitFor('it watches', () => watches() === 1);
    await source.stop();
    source.start();
    source.start();
    await waitFor('it watches again', () => watches() === 1, tick);
    await expectFollows(source, 'again');
    expect(watches()).toBe(1);
  });
});

describe('a cluster that misbehaves: recovered, and nothing removed', () => {
  const onWatch: Record<string, Fault> = {
    '410 as the answer': { kind: 'answer', code: 410 },
    '410 in the stream': { kind: 'expired-watch' },
    'no answer to a watch': { kind: 'answer', code: 500 },
    '429 with Retry-After': { kind: 'answer', code: 429, retryAfterSeconds: 7 },
    '503 with Retry-After': { kind: 'answer', code: 503, retryAfterSeconds: 7 },
    'an HTML page in the stream': { kind: 'not-json' },
    'a stream cut off in a line': { kind: 'truncated' },
    'a line of 40 MB': { kind: 'huge' },
    'objects that are none': { kind: 'hostile' },
    'a slow stream': { kind: 'slow', delayMs: 20 },
  };

  test.each(Object.entries(onWatch))('%s', async (_, fault) => {
    const source = await startSource();
    const before = names(source, 'Ingress');
    const removed: string[] = [];
    source.onChange(() => removed.push(...before.filter(name => !names(source, 'Ingress').includes(name))));
    demo.faults.add({ resource: 'ingresses', verb: 'watch', fault, times: 2 });
    demo.server.cutWatches(INGRESSES);
    await expectFollows(source, 'after-the-fault');
    expect(removed).toEqual([]);
    expect(names(source, 'Ingress')).toEqual(before);
  });

  const onList: Record<string, Fault> = {
    'a continue token that expired': { kind: 'expired-continue' },
    '410 for a list': { kind: 'answer', code: 410 },
    '500 for a list': { kind: 'answer', code: 500 },
    '429 for a list': { kind: 'answer', code: 429, retryAfterSeconds: 3 },
    'a list cut off': { kind: 'truncated' },
    'an HTML page for a list': { kind: 'not-json' },
    'a list with an object of 40 MB': { kind: 'huge' },
    'a slow list': { kind: 'slow', delayMs: 5 },
  };

  test.each(Object.entries(onList))('%s, at the start', async (_, fault) => {
    for (let n = 0; n < 600; n++) addIngress(`many-${n}`);
    demo.faults.add({ resource: 'ingresses', verb: 'list', fault, times: 2 });
    const source = await startSource();
    // The object of 40 MB is one, too: a lie that only the next list takes back.
    expect(names(source, 'Ingress')).toEqual(expect.arrayContaining(inDemo('ingresses')));
    await expectFollows(source, 'after-the-fault');
  });

  test('connections cut, again and again', async () => {
    const source = await startSource();
    const before = names(source, 'Ingress');
    for (let n = 0; n < 5; n++) {
      await waitFor('it watches', () => demo.server.openWatches(INGRESSES) === 1, tick);
      demo.server.cutWatches();
      await expectFollows(source, `cut-${n}`);
    }
    expect(names(source, 'Ingress')).toEqual(before);
  });

  test('the API server gone for a while: stale, then live, and what happened meanwhile is known', async () => {
    const source = await startSource();
    const before = names(source, 'Ingress');
    await demo.server.stop();
    await waitFor('stale', () => stateOf(source, 'Ingress') === 'stale', tick);
    expect(names(source, 'Ingress')).toEqual(before);
    expect(source.failure).toBeDefined();
    addIngress('meanwhile');
    await demo.server.start();
    await waitFor('live', () => stateOf(source, 'Ingress') === 'live' && hasIngress(source, 'meanwhile'), tick);
    expect(source.failure).toBeUndefined();
  });

  test('a watch that falls silent is given up, and the next one goes on where it ended', async () => {
    demo.faults.add({ resource: 'ingresses', verb: 'watch', fault: { kind: 'silent' }, times: 1 });
    const source = await startSource({}, () => {});
    await waitFor(
      'the silent watch is open',
      () => demo.server.traffic.count('watch', '/apis/networking.k8s.io/v1/ingresses') === 1,
    );
    addIngress('unheard');
    clock.advance(89_000);
    addRoute('heard');
    await waitFor('another kind is heard', () => names(source, 'IngressRoute').includes('default/heard'));
    expect(hasIngress(source, 'unheard')).toBe(false);
    expect(demo.server.traffic.count('watch', '/apis/networking.k8s.io/v1/ingresses')).toBe(1);
    clock.advance(2_000);
    await waitFor('it is heard', () => hasIngress(source, 'unheard'), tick);
  });

  test('a server that takes the call and says nothing is not waited for for ever', async () => {
    const impatient = connectTo(demo, 100);
    demo.faults.add({ resource: 'ingresses', verb: 'list', fault: { kind: 'hang' }, times: 1 });
    const source = await startSource({ connection: impatient });
    expect(stateOf(source, 'Ingress')).toBe('live');
    await source.stop();
    impatient.close();
  });
});

describe('kinds that cannot be read', () => {
  test('forbidden: said so, kept what was known, tried again later', async () => {
    const allow = demo.faults.add({ resource: 'ingresses', verb: 'any', fault: { kind: 'answer', code: 403 } });
    const source = await startSource();
    expect(stateOf(source, 'Ingress')).toBe('forbidden');
    expect(stateOf(source, 'Service')).toBe('live');
    expect(source.failure).toBeUndefined();
    allow();
    await waitFor('allowed again', () => stateOf(source, 'Ingress') === 'live', tick);
    const before = names(source, 'Ingress');
    demo.faults.add({ resource: 'ingresses', verb: 'any', fault: { kind: 'answer', code: 403 } });
    demo.server.cutWatches(INGRESSES);
    await waitFor('forbidden', () => stateOf(source, 'Ingress') === 'forbidden', tick);
    expect(names(source, 'Ingress')).toEqual(before);
  });

  test('absent, until its definition appears; and absent again when that goes', async () => {
    const source = await startSource();
    expect(stateOf(source, 'HTTPRoute')).toBe('absent');
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'httproutes.gateway.networking.k8s.io' },
      spec: {
        group: 'gateway.networking.k8s.io',
        scope: 'Namespaced',
        names: { plural: 'httproutes', singular: 'httproute', kind: 'HTTPRoute' },
        versions: [{ name: 'v1', served: true, storage: true }],
      },
    };
    demo.cluster.apply(definition);
    // No time passes: the definition itself is what wakes the kind.
    await waitFor('live', () => stateOf(source, 'HTTPRoute') === 'live');
    demo.cluster.remove('customresourcedefinitions', '', definition.metadata.name);
    await waitFor('absent', () => stateOf(source, 'HTTPRoute') === 'absent', tick);
  });

  test('one kind that fails from the first is no reason to wait with the others', async () => {
    demo.faults.add({ resource: 'ingresses', verb: 'any', fault: { kind: 'answer', code: 500 } });
    const source = new ClusterSource({ connection, namespaces: [], clock, random: () => 0.5 });
    sources.push(source);
    source.start();
    expect(source.ready).toBe(false);
    await waitFor('it is ready', () => source.ready, tick);
    expect([stateOf(source, 'Ingress'), stateOf(source, 'Service')]).toEqual(['starting', 'live']);
  });

  test('401 for good: nothing can be concluded, and the failure says so', async () => {
    demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'answer', code: 401 } });
    const source = new ClusterSource({ connection, namespaces: [], clock, random: () => 0.5 });
    sources.push(source);
    source.start();
    await waitFor('all have failed', () => source.failure !== undefined, tick);
    expect(source.ready).toBe(false);
    expect(source.failure).toMatchObject({ status: 401 });
  });
});

test('an idle cluster asks for nothing but bookmarks', async () => {
  const source = await startSource();
  await waitFor('all watches are open', () => demo.server.openWatches() === 8);
  const before = callsOf(demo);
  let told = 0;
  source.onChange(() => told++);
  for (let n = 0; n < 60; n++) {
    clock.advance(500);
    await new Promise(resolve => setImmediate(resolve));
  }
  expect(callsOf(demo)).toBe(before);
  expect(told).toBe(0);
});
