import { once } from 'node:events';
import { request } from 'node:https';
import { describe, expect, test } from 'vitest';
import { startForTest } from '../client.ts';

const SERVICES = '/api/v1/services';

describe('who is let in', () => {
  test('nobody without the token, with another, or with that of another start', async () => {
    const { client } = await startForTest();
    const { client: other } = await startForTest();
    for (const authorization of ['', 'Bearer ', 'Bearer nonsense', `Bearer ${other.token}`, `Basic ${client.token}`]) {
      const { status, body } = await client.get(SERVICES, { authorization });
      expect(status).toBe(401);
      expect(body).toMatchObject({ kind: 'Status', reason: 'Unauthorized', code: 401 });
    }
    expect((await client.get(SERVICES)).status).toBe(200);
  });

  test('the certificate is good for 127.0.0.1 and localhost, with the CA of the kubeconfig only', async () => {
    const { client } = await startForTest();
    const { port } = new URL(client.url);
    const statusOf = async (url: string, ca: string | undefined) => {
      const call = request(`${url}/version`, {
        ...(ca && { ca }),
        headers: { authorization: `Bearer ${client.token}` },
      });
      call.end();
      const [response] = await once(call, 'response');
      response.resume();
      return response.statusCode;
    };
    expect(await statusOf(client.url, client.ca)).toBe(200);
    expect(await statusOf(`https://localhost:${port}`, client.ca)).toBe(200);
    await expect(statusOf(client.url, undefined)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });
});

describe('a server that restarts', () => {
  test('resets what is open, refuses, and comes back on the same port with the same objects', async () => {
    const { client, demo } = await startForTest();
    const watch = await client.watch(SERVICES, `resourceVersion=${demo.cluster.store.version}`);
    await demo.server.stop();
    expect((await watch.drain()).ended).toBe('reset');
    await expect(client.get(SERVICES)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    const { version } = demo.cluster.store;
    demo.cluster.remove('services', 'dns', 'pihole');
    await demo.server.start();
    const again = await client.watch(SERVICES, `resourceVersion=${version}`);
    expect(await again.take(1)).toEqual(['DELETED pihole']);
  });

  test('stopping twice is stopping', async () => {
    const { demo } = await startForTest();
    await Promise.all([demo.server.stop(), demo.server.stop()]);
    await demo.stop();
  });
});

test('cutting takes the connections of watches, of one kind or of all, and nothing else', async () => {
  const { client, demo } = await startForTest();
  const services = await client.watch(SERVICES, 'resourceVersion=0');
  const nodes = await client.watch('/api/v1/nodes', 'resourceVersion=0');
  await services.next();
  demo.server.cutWatches('services');
  expect((await services.drain()).ended).toBe('reset');
  expect(await nodes.take(4)).toHaveLength(4);
  expect(demo.server.openWatches()).toBe(1);
  demo.server.cutWatches();
  expect((await nodes.drain()).ended).toBe('reset');
  expect((await client.get(SERVICES)).status).toBe(200);
});

test('traffic counts calls by verb and path, and connections', async () => {
  const { client, demo } = await startForTest();
  const { traffic } = demo.server;
  for (const _ of [1, 2, 3]) await client.get(`${SERVICES}?limit=1`);
  const watch = await client.watch(SERVICES);
  expect(traffic.count('list', SERVICES)).toBe(3);
  expect(traffic.count('watch', SERVICES)).toBe(1);
  expect(Object.fromEntries(traffic.calls)).toEqual({ [`list ${SERVICES}`]: 3, [`watch ${SERVICES}`]: 1 });
  expect(traffic.connections).toBe(1);
  await client.get(SERVICES);
  expect(traffic.connections).toBe(2);
  watch.close();
});
