import { expect, test } from 'vitest';
import { GATEWAY_CRDS, LEGACY_TRAEFIK_CRDS } from '../../../../main/demo/crds.ts';
import { names, startForTest } from '../client.ts';

test('a definition makes its kind, at once and established', async () => {
  const { client } = await startForTest();
  const routes = '/apis/gateway.networking.k8s.io/v1/httproutes';
  for (const definition of [...GATEWAY_CRDS, ...LEGACY_TRAEFIK_CRDS]) {
    const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
    const { status, body } = await client.send('POST', path, definition);
    expect(status).toBe(201);
    expect(body.status).toMatchObject({
      conditions: [{ type: 'NamesAccepted' }, { type: 'Established', status: 'True' }],
    });
  }
  const route = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: 'r' }, spec: {} };
  expect(
    (await client.send('POST', '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes', route)).status,
  ).toBe(201);
  expect(names((await client.get(routes)).body)).toEqual(['default/r']);
  expect((await client.get('/apis/traefik.containo.us/v1alpha1/ingressroutes')).body.items).toEqual([]);
});

test('a definition that makes no sense makes nothing, and breaks nothing', async () => {
  const { client } = await startForTest();
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const odd = { apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', metadata: { name: 'odd' } };
  expect((await client.send('POST', path, { ...odd, spec: { group: 5, names: null, versions: 'v1' } })).status).toBe(
    201,
  );
  expect((await client.get('/api/v1/services')).status).toBe(200);
});

test('with its definition a kind goes: its objects are deleted, its watches end, lists are 404', async () => {
  const { client, demo } = await startForTest();
  const path = '/apis/traefik.io/v1alpha1/ingressroutes';
  const watch = await client.watch(path, `resourceVersion=${demo.cluster.store.version}`);
  demo.cluster.remove('customresourcedefinitions', '', 'ingressroutes.traefik.io');
  expect((await watch.take(3)).sort()).toEqual(['DELETED dashboard', 'DELETED grafana', 'DELETED jellyfin']);
  expect(await watch.drain()).toEqual({ lines: [], rest: '', ended: 'end' });
  expect((await client.get(path)).status).toBe(404);
  expect((await client.get('/apis/traefik.io/v1alpha1/middlewares')).status).toBe(200);
});
