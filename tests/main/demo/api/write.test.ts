import { describe, expect, test } from 'vitest';
import { names, startForTest } from '../client.ts';

const SERVICES = '/api/v1/namespaces/default/services';
const WEB = `${SERVICES}/web`;
const web = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { type: 'ClusterIP', ports: [{ port: 80 }] },
};

describe('create', () => {
  test('gives identity and version, and leaves the status to controllers', async () => {
    const { client } = await startForTest();
    const made = await client.send('POST', SERVICES, {
      ...web,
      status: { loadBalancer: { ingress: [{ ip: '10.9.9.9' }] } },
    });
    expect(made.status).toBe(201);
    expect(made.body.metadata).toMatchObject({ name: 'web', namespace: 'default', generation: 1 });
    expect(made.body.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    expect(made.body).not.toHaveProperty('status');
    expect((await client.get(WEB)).body).toEqual(made.body);
  });

  test('twice is a 409, in no namespace a 404, of another kind a 400, with a bad name a 422', async () => {
    const { client } = await startForTest();
    await client.send('POST', SERVICES, web);
    expect((await client.send('POST', SERVICES, web)).body).toMatchObject({ code: 409, reason: 'AlreadyExists' });
    const nowhere = await client.send('POST', '/api/v1/namespaces/nowhere/services', web);
    expect(nowhere.body).toMatchObject({ code: 404, message: 'namespaces "nowhere" not found' });
    expect((await client.send('POST', SERVICES, { ...web, kind: 'Secret' })).status).toBe(400);
    expect((await client.send('POST', SERVICES, { ...web, metadata: { name: 'b', namespace: 'git' } })).status).toBe(
      400,
    );
    expect((await client.send('POST', SERVICES, { ...web, metadata: { name: 'Web' } })).status).toBe(422);
    expect((await client.send('POST', SERVICES, { ...web, metadata: {} })).status).toBe(422);
    expect((await client.send('POST', SERVICES, { ...web, metadata: { name: 'b', labels: { a: 1 } } })).status).toBe(
      422,
    );
    expect((await client.send('POST', SERVICES, 'not json')).status).toBe(400);
    expect(
      (await client.send('POST', SERVICES, 'k8s', { 'content-type': 'application/vnd.kubernetes.protobuf' })).status,
    ).toBe(415);
  });

  test('as a dry run shows the object and stores nothing', async () => {
    const { client, demo } = await startForTest();
    const { version } = demo.cluster.store;
    const { status, body } = await client.send('POST', `${SERVICES}?dryRun=All`, web);
    expect({ status, name: body.metadata.name }).toEqual({ status: 201, name: 'web' });
    expect((await client.get(WEB)).status).toBe(404);
    expect(demo.cluster.store.version).toBe(version);
  });
});

describe('update', () => {
  test('with the version that the caller has read; with an older one it is a 409', async () => {
    const { client } = await startForTest();
    const { body: first } = await client.send('POST', SERVICES, web);
    const second = await client.send('PUT', WEB, { ...first, spec: { ...first.spec, type: 'NodePort' } });
    expect(second.body.metadata).toMatchObject({ uid: first.metadata.uid, generation: 2 });
    expect(Number(second.body.metadata.resourceVersion)).toBeGreaterThan(Number(first.metadata.resourceVersion));
    const stale = await client.send('PUT', WEB, first);
    expect(stale.body).toMatchObject({ code: 409, reason: 'Conflict' });
    expect((await client.get<typeof first>(WEB)).body.spec?.type).toBe('NodePort');
  });

  test('labels do not count as a new generation', async () => {
    const { client } = await startForTest();
    const { body } = await client.send('POST', SERVICES, web);
    const labelled = { ...body, metadata: { ...body.metadata, labels: { a: 'b' } } };
    expect((await client.send('PUT', WEB, labelled)).body.metadata.generation).toBe(1);
  });

  test('the status has an endpoint of its own: it writes that and nothing else', async () => {
    const { client } = await startForTest();
    const { body } = await client.send('POST', SERVICES, web);
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.99' }] } };
    const both = { ...body, spec: { ports: [] }, status };
    const { body: written } = await client.send('PUT', `${WEB}/status`, both);
    expect(written).toMatchObject({ spec: web.spec, status });
    const { body: kept } = await client.send('PUT', WEB, { ...written, status: {} });
    expect(kept.status).toEqual(status);
    expect((await client.get('/api/v1/namespaces/default/configmaps/x/status')).status).toBe(404);
  });

  test('of something that is not there is a 404, under another name a 400', async () => {
    const { client } = await startForTest();
    expect((await client.send('PUT', WEB, web)).status).toBe(404);
    await client.send('POST', SERVICES, web);
    expect((await client.send('PUT', WEB, { ...web, metadata: { name: 'other' } })).status).toBe(400);
  });
});

describe('patch', () => {
  test('merge: null takes away, the rest is added', async () => {
    const { client } = await startForTest();
    await client.send('POST', SERVICES, { ...web, metadata: { name: 'web', annotations: { a: '1', b: '2' } } });
    const { body } = await client.patch(WEB, 'merge-patch+json', { metadata: { annotations: { a: null, c: '3' } } });
    expect(body.metadata.annotations).toEqual({ b: '2', c: '3' });
    expect(body.spec).toEqual(web.spec);
  });

  test('strategic: like merge, without its directives', async () => {
    const { client } = await startForTest();
    await client.send('POST', SERVICES, web);
    const patch = { spec: { '$setElementOrder/ports': [{ port: 81 }], ports: [{ port: 81 }] } };
    const { body } = await client.patch(WEB, 'strategic-merge-patch+json', patch);
    expect(body.spec).toEqual({ type: 'ClusterIP', ports: [{ port: 81 }] });
  });

  test('JSON patch: operations, with a test that must hold', async () => {
    const { client } = await startForTest();
    await client.send('POST', SERVICES, web);
    const add = [{ op: 'add', path: '/metadata/annotations', value: { 'metallb.io/address-pool': 'a' } }];
    await client.patch(WEB, 'json-patch+json', add);
    const replace = { op: 'replace', path: '/metadata/annotations/metallb.io~1address-pool', value: 'b' };
    const { body } = await client.patch(WEB, 'json-patch+json', [replace]);
    expect(body.metadata.annotations).toEqual({ 'metallb.io/address-pool': 'b' });
    const failing = [{ op: 'test', path: '/spec/type', value: 'NodePort' }, replace];
    expect((await client.patch(WEB, 'json-patch+json', failing)).status).toBe(422);
  });

  test('server-side apply: makes, then changes, and is content with a dry run', async () => {
    const { client } = await startForTest();
    const dry = await client.patch(`${WEB}?dryRun=All&fieldManager=test&force=true`, 'apply-patch+yaml', web);
    expect(dry.status).toBe(201);
    expect((await client.get(WEB)).status).toBe(404);
    const made = await client.patch(`${WEB}?fieldManager=test&force=true`, 'apply-patch+yaml', web);
    expect(made.status).toBe(201);
    const changed = await client.patch(WEB, 'apply-patch+yaml', {
      ...web,
      metadata: { name: 'web', labels: { a: 'b' } },
    });
    expect(changed).toMatchObject({
      status: 200,
      body: { metadata: { labels: { a: 'b' }, uid: made.body.metadata.uid } },
    });
  });

  test('of a stale version is a 409, of an unknown type a 415', async () => {
    const { client } = await startForTest();
    await client.send('POST', SERVICES, web);
    const stale = { metadata: { resourceVersion: '1', labels: { a: 'b' } } };
    expect((await client.patch(WEB, 'merge-patch+json', stale)).status).toBe(409);
    expect((await client.patch(WEB, 'xml', {})).status).toBe(415);
  });

  test('keys of JavaScript itself are fields like any other', async () => {
    const { client } = await startForTest();
    await client.send('POST', SERVICES, web);
    await client.patch(WEB, 'merge-patch+json', '{"metadata":{"annotations":{"__proto__":"x","constructor":"y"}}}');
    expect((await client.get(WEB)).text).toContain('"annotations":{"__proto__":"x","constructor":"y"}');
    expect({}).not.toHaveProperty('x');
  });
});

describe('delete', () => {
  test('answers with a Status that says what is gone', async () => {
    const { client } = await startForTest();
    const { body } = await client.send('POST', SERVICES, web);
    const deleted = await client.send('DELETE', WEB);
    expect(deleted.body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'web', uid: body.metadata.uid },
    });
    expect((await client.get(WEB)).status).toBe(404);
    expect((await client.send('DELETE', WEB)).status).toBe(404);
  });

  test('not as a dry run, and not when it is another object than the caller thinks', async () => {
    const { client } = await startForTest();
    await client.send('POST', SERVICES, web);
    expect((await client.send('DELETE', WEB, { dryRun: ['All'] })).status).toBe(200);
    expect((await client.send('DELETE', `${WEB}?dryRun=All`)).status).toBe(200);
    expect((await client.send('DELETE', WEB, { preconditions: { uid: 'other' } })).status).toBe(409);
    expect((await client.get(WEB)).status).toBe(200);
  });

  test('of what somebody holds by a finalizer only marks it, until that is let go', async () => {
    const { client } = await startForTest();
    const held = { ...web, metadata: { name: 'web', finalizers: ['example.com/held'] } };
    await client.send('POST', SERVICES, held);
    const dry = await client.send('DELETE', `${WEB}?dryRun=All`);
    expect(dry.body.metadata).not.toHaveProperty('deletionTimestamp');
    const { status, body } = await client.send('DELETE', WEB);
    expect([status, body.kind]).toEqual([200, 'Service']);
    expect(body.metadata).toHaveProperty('deletionTimestamp');
    const replaced = await client.send('PUT', WEB, { ...held, spec: {} });
    expect(replaced.body.metadata).toMatchObject({ deletionTimestamp: expect.any(String) });
    await client.patch(WEB, 'merge-patch+json', { metadata: { finalizers: null } });
    expect((await client.get(WEB)).status).toBe(404);
  });

  test('a collection goes as far as its selector', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty', ingresses: 3 });
    demo.cluster.patch('ingresses', 'load', 'app-0002', { metadata: { labels: { keep: 'yes' } } });
    const path = '/apis/networking.k8s.io/v1/namespaces/load/ingresses';
    await client.send('DELETE', `${path}?labelSelector=!keep`);
    expect(names((await client.get(path)).body)).toEqual(['load/app-0002']);
  });

  test('a namespace goes with all that is in it', async () => {
    const { client } = await startForTest();
    await client.send('DELETE', '/api/v1/namespaces/git');
    const { body: routes } = await client.get('/apis/traefik.io/v1alpha1/ingressroutetcps');
    const { body: ingresses } = await client.get('/apis/networking.k8s.io/v1/ingresses');
    expect([...names(routes), ...names(ingresses)].filter(name => name.startsWith('git/'))).toEqual([]);
    expect(names(ingresses)).toHaveLength(4);
  });
});
