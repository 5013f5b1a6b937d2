import { describe, expect, test } from 'vitest';
import { Watch } from '../../../../main/demo/api/watch.ts';
import { type Client, eventually, startForTest } from '../client.ts';

const INGRESSES = '/apis/networking.k8s.io/v1/ingresses';
const SERVICES = '/api/v1/services';

async function versionOf(client: Client, path: string): Promise<string> {
  return (await client.get(path)).body.metadata.resourceVersion;
}

function ingress(name: string, labels: Record<string, string> = {}) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { name, labels }, spec: { rules: [] } };
}

describe('where a watch begins', () => {
  test.each(['', 'resourceVersion=', 'resourceVersion=0'])('"%s": all there is, then what happens', async query => {
    const { client, demo } = await startForTest({ scenario: 'empty', ingresses: 2 });
    const watch = await client.watch(INGRESSES, query);
    expect(await watch.take(2)).toEqual(['ADDED app-0001', 'ADDED app-0002']);
    demo.cluster.remove('ingresses', 'load', 'app-0001');
    expect(await watch.take(1)).toEqual(['DELETED app-0001']);
  });

  test('a version: what happened since, nothing twice and nothing left out', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty' });
    demo.cluster.apply(ingress('before'));
    const version = await versionOf(client, INGRESSES);
    demo.cluster.apply(ingress('between'));
    demo.cluster.remove('ingresses', 'default', 'before');
    const watch = await client.watch(INGRESSES, `resourceVersion=${version}`);
    demo.cluster.apply(ingress('after'));
    expect(await watch.take(3)).toEqual(['ADDED between', 'DELETED before', 'ADDED after']);
  });

  test('a version whose history is gone: an ERROR of 410 in the stream, then its end', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.apply(ingress('later'));
    demo.cluster.store.compact();
    const watch = await client.watch(INGRESSES, 'resourceVersion=1');
    expect(await watch.next()).toMatchObject({
      type: 'ERROR',
      object: { kind: 'Status', code: 410, reason: 'Expired' },
    });
    expect(await watch.drain()).toEqual({ lines: [], rest: '', ended: 'end' });
  });

  test('history is bounded: after a thousand changes of a kind the first is forgotten, those of others are not', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty' });
    const version = await versionOf(client, INGRESSES);
    for (let round = 0; round <= 1000; round++) demo.cluster.apply(ingress('busy', { round: String(round) }));
    const busy = await client.watch(INGRESSES, `resourceVersion=${version}`);
    expect((await busy.next()).type).toBe('ERROR');
    const quiet = await client.watch(SERVICES, `resourceVersion=${version}`);
    demo.cluster.patch('services', 'kube-system', 'traefik', { metadata: { labels: { seen: 'yes' } } });
    expect(await quiet.take(1)).toEqual(['MODIFIED traefik']);
  });

  test('what is no version: a 400', async () => {
    const { client } = await startForTest();
    expect((await client.get(`${SERVICES}?watch=true&resourceVersion=abc`)).status).toBe(400);
  });

  test('sendInitialEvents: all there is, then a bookmark that says so', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty', ingresses: 2 });
    const query = 'sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true';
    const watch = await client.watch(INGRESSES, query);
    expect(await watch.take(2)).toEqual(['ADDED app-0001', 'ADDED app-0002']);
    expect(await watch.next()).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'Ingress',
        metadata: {
          resourceVersion: String(demo.cluster.store.version),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
  });
});

describe('what a watch says', () => {
  test('an event holds the whole object with a version that a later watch can begin from', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty' });
    const watch = await client.watch(INGRESSES);
    demo.cluster.apply(ingress('one'));
    const { object } = await watch.next();
    expect(object).toMatchObject({ apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', spec: { rules: [] } });
    demo.cluster.apply(ingress('two'));
    const later = await client.watch(INGRESSES, `resourceVersion=${object.metadata.resourceVersion}`);
    expect(await later.take(1)).toEqual(['ADDED two']);
  });

  test('one namespace only', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty', ingresses: 1 });
    const watch = await client.watch('/apis/networking.k8s.io/v1/namespaces/load/ingresses');
    demo.cluster.apply(ingress('elsewhere'));
    demo.cluster.remove('ingresses', 'load', 'app-0001');
    expect(await watch.take(2)).toEqual(['ADDED app-0001', 'DELETED app-0001']);
  });

  test('with a selector, objects come and go as their labels do', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty' });
    const watch = await client.watch(INGRESSES, 'labelSelector=show');
    demo.cluster.apply(ingress('a'));
    demo.cluster.apply(ingress('a', { show: '1' }));
    demo.cluster.apply(ingress('a', { show: '2' }));
    demo.cluster.apply(ingress('a'));
    demo.cluster.apply(ingress('b', { show: '1' }));
    demo.cluster.remove('ingresses', 'default', 'b');
    expect(await watch.take(5)).toEqual(['ADDED a', 'MODIFIED a', 'DELETED a', 'ADDED b', 'DELETED b']);
  });

  test('a write that changes nothing is no event', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty' });
    demo.cluster.apply(ingress('same'));
    const watch = await client.watch(INGRESSES, `resourceVersion=${await versionOf(client, INGRESSES)}`);
    demo.cluster.apply(ingress('same'));
    demo.cluster.apply(ingress('other'));
    expect(await watch.take(1)).toEqual(['ADDED other']);
  });

  test('rows of a table to whoever prints', async () => {
    const { client } = await startForTest();
    const watch = await client.watch(SERVICES, 'fieldSelector=metadata.name=mqtt', {
      accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json',
    });
    expect(await watch.next()).toMatchObject({
      object: {
        kind: 'Table',
        rows: [{ cells: ['mqtt', 'LoadBalancer', '10.0.0.71', '1883/TCP', expect.any(String)] }],
      },
    });
  });
});

describe('bookmarks and the end', () => {
  test('bookmarks come at the interval, with the version of the moment, to whoever asked', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty', bookmarkIntervalMs: 20 });
    const silent = await client.watch(INGRESSES);
    const watch = await client.watch(INGRESSES, 'allowWatchBookmarks=true');
    const first = await watch.next();
    expect(first.type).toBe('BOOKMARK');
    demo.cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'another-kind' } });
    const { version } = demo.cluster.store;
    const second = await watch.until(({ object }) => object.metadata.resourceVersion === String(version));
    expect(second.type).toBe('BOOKMARK');
    demo.cluster.apply(ingress('one'));
    expect(await silent.take(1)).toEqual(['ADDED one']);
  });

  test('timeoutSeconds ends the stream in order, a bookmark last', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty' });
    const version = demo.cluster.store.version;
    const watch = await client.watch(
      INGRESSES,
      `resourceVersion=${version}&allowWatchBookmarks=true&timeoutSeconds=0.1`,
    );
    expect(await watch.next()).toMatchObject({
      type: 'BOOKMARK',
      object: { metadata: { resourceVersion: String(version) } },
    });
    expect(await watch.drain()).toEqual({ lines: [], rest: '', ended: 'end' });
    await eventually(() => demo.server.openWatches()).toBe(0);
  });

  test('a client that goes away is let go', async () => {
    const { client, demo } = await startForTest();
    const watch = await client.watch(SERVICES);
    await watch.next();
    expect(demo.server.openWatches('services')).toBe(1);
    watch.close();
    await eventually(() => demo.server.openWatches()).toBe(0);
  });
});

test('once it is let go, a watch neither listens nor ticks', async () => {
  const { demo } = await startForTest();
  const call = { verb: 'watch', pathname: SERVICES, accept: '', contentType: '', body: '' } as const;
  const path = { group: '', version: 'v1', plural: 'services', namespace: '', name: '', subresource: '' };
  const query = new URLSearchParams('allowWatchBookmarks=true');
  const watch = new Watch(demo.cluster.store, { ...call, ...path, query, resource: demo.cluster.resource('services') });
  let sent = 0;
  watch.start({ send: () => sent++, end: () => undefined }, 1);
  watch.stop();
  const before = sent;
  demo.cluster.remove('services', 'dns', 'pihole');
  await new Promise(resolve => setTimeout(resolve, 5));
  expect(before).toBeGreaterThan(0);
  expect(sent).toBe(before);
});
