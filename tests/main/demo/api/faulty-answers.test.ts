import { describe, expect, test } from 'vitest';
import { hostileObjects } from '../../../../main/demo/api/hostile-objects.ts';
import type { Demo } from '../../../../main/demo/demo.ts';
import { type Client, names, startForTest } from '../client.ts';

const SERVICES = '/api/v1/services';

function touch(demo: Demo): void {
  demo.cluster.patch('services', 'kube-system', 'traefik', {
    metadata: { labels: { touched: String(Math.random()) } },
  });
}

async function watchFromNow(client: Client, demo: Demo, query = '') {
  return client.watch(SERVICES, `resourceVersion=${demo.cluster.store.version}&${query}`);
}

describe('lists', () => {
  test('the next page has expired, the first has not', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'expired-continue' } });
    const { status, body } = await client.get(`${SERVICES}?limit=2`);
    expect(status).toBe(200);
    const { body: expired } = await client.get(`${SERVICES}?limit=2&continue=${body.metadata.continue}`);
    expect(expired).toMatchObject({ code: 410, reason: 'Expired' });
  });

  test('empty, with a version as if it were true', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'empty-list' } });
    const { status, body } = await client.get(SERVICES);
    expect(status).toBe(200);
    expect(body).toMatchObject({ kind: 'ServiceList', items: [] });
    expect(body.metadata.resourceVersion).toBe(String(demo.cluster.store.version));
  });

  test('not JSON, or JSON that ends in the middle', async () => {
    const { client, demo } = await startForTest();
    const { text } = await client.get(SERVICES);
    demo.faults.add({ resource: 'services', verb: 'list', times: 1, fault: { kind: 'not-json' } });
    expect(await client.get(SERVICES)).toMatchObject({ status: 200, body: undefined, text: /<!DOCTYPE/ });
    demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'truncated' } });
    const half = await client.get(SERVICES);
    expect(half).toMatchObject({ status: 200, body: undefined });
    expect(text.startsWith(half.text)).toBe(true);
    expect(half.text.length).toBeGreaterThan(100);
  });

  test('slow: whole in the end, but in pieces', async () => {
    const { client, demo } = await startForTest();
    const { text: whole } = await client.get(SERVICES);
    demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'slow', delayMs: 10 } });
    const response = await client.open(SERVICES);
    const chunks: string[] = [];
    for await (const chunk of response) chunks.push(String(chunk));
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.join('')).toBe(whole);
  });

  test('hostile objects and a huge one among the real ones', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'list', times: 1, fault: { kind: 'hostile' } });
    const { body, text } = await client.get(SERVICES);
    expect(body.items.slice(0, 8).every(item => item.metadata.name)).toBe(true);
    expect(body.items).toContain(null);
    expect(body.items).toContain(42);
    expect(text).toContain('"__proto__":{"polluted":true}');
    demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'huge' } });
    const huge = await client.get(SERVICES);
    expect(huge.text.length).toBeGreaterThan(40_000_000);
    expect(names(huge.body)).toContain('default/huge');
  });

  test('every hostile object is one that JSON can carry, and no two are alike', () => {
    const resource = { group: '', version: 'v1', plural: 'services', singular: 'service', kind: 'Service' };
    const texts = hostileObjects({ ...resource, shortNames: [], namespaced: true, hasStatus: true, custom: false }).map(
      object => JSON.stringify(object),
    );
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThan(15);
  });
});

describe('watches', () => {
  test('ERROR 410 in the stream', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'watch', times: 1, fault: { kind: 'expired-watch' } });
    const watch = await watchFromNow(client, demo);
    expect(await watch.next()).toMatchObject({ type: 'ERROR', object: { kind: 'Status', code: 410 } });
    expect(await watch.drain()).toEqual({ lines: [], rest: '', ended: 'end' });
  });

  test('silent: it opens, and that was all, while others hear', async () => {
    const { client, demo } = await startForTest({ bookmarkIntervalMs: 5 });
    demo.faults.add({ resource: 'services', verb: 'watch', times: 1, fault: { kind: 'silent' } });
    const query = 'allowWatchBookmarks=true&timeoutSeconds=0.1';
    const silent = await watchFromNow(client, demo, query);
    const other = await watchFromNow(client, demo, query);
    touch(demo);
    expect((await other.drain()).lines.length).toBeGreaterThan(1);
    expect(silent.ended).toBeUndefined();
    silent.close();
    expect(await silent.drain()).toMatchObject({ lines: [], rest: '' });
  });

  test('slow: each line in two halves, in order', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'watch', fault: { kind: 'slow', delayMs: 5 } });
    const watch = await watchFromNow(client, demo);
    let chunks = 0;
    watch.response.on('data', () => chunks++);
    for (let round = 0; round < 3; round++) touch(demo);
    expect(await watch.take(3)).toEqual(['MODIFIED traefik', 'MODIFIED traefik', 'MODIFIED traefik']);
    expect(chunks).toBeGreaterThanOrEqual(6);
  });

  test('a line that is not JSON, then the stream goes on', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'watch', fault: { kind: 'not-json' } });
    const watch = await watchFromNow(client, demo);
    touch(demo);
    expect(await watch.line()).toContain('<!DOCTYPE');
    expect(await watch.take(1)).toEqual(['MODIFIED traefik']);
  });

  test('an end in the middle of a line', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'watch', fault: { kind: 'truncated' } });
    const watch = await watchFromNow(client, demo);
    expect(await watch.drain()).toEqual({ lines: [], rest: expect.stringMatching(/^\{"type":"ADDED"/), ended: 'end' });
  });

  test('a line of 40 MB, and events that are none', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'watch', times: 1, fault: { kind: 'huge' } });
    expect((await (await watchFromNow(client, demo)).line()).length).toBeGreaterThan(40_000_000);
    demo.faults.add({ resource: 'services', verb: 'watch', times: 1, fault: { kind: 'hostile' } });
    const watch = await watchFromNow(client, demo);
    expect([await watch.next(), await watch.next(), await watch.next()]).toEqual([null, 7, []]);
    touch(demo);
    const real = await watch.until(event => event?.object?.metadata?.name === 'traefik');
    expect(real.type).toBe('MODIFIED');
  });
});
