import { once } from 'node:events';
import { request } from 'node:https';
import { describe, expect, test } from 'vitest';
import { eventually, startForTest } from '../client.ts';

const SERVICES = '/api/v1/services';
const INGRESSES = '/apis/networking.k8s.io/v1/ingresses';

describe('which calls a rule hits', () => {
  test('once, n times, or until it is taken away', async () => {
    const { client, demo } = await startForTest();
    const status = async () => (await client.get(SERVICES)).status;
    const fault = { kind: 'answer', code: 500 } as const;
    demo.faults.add({ resource: 'services', verb: 'list', times: 2, fault });
    expect([await status(), await status(), await status()]).toEqual([500, 500, 200]);
    const remove = demo.faults.add({ resource: 'services', verb: 'list', fault });
    expect([await status(), await status(), await status()]).toEqual([500, 500, 500]);
    remove();
    expect(await status()).toBe(200);
    demo.faults.add({ resource: 'services', verb: 'list', fault });
    demo.faults.clear();
    expect(await status()).toBe(200);
  });

  test.each([
    ['services', 'list', [500, 200, 200, 200]],
    ['services', 'watch', [200, 500, 200, 200]],
    ['services', 'any', [500, 500, 200, 200]],
    ['ingresses', 'any', [200, 200, 500, 200]],
    ['ingresses.networking.k8s.io', 'any', [200, 200, 500, 200]],
    ['ingresses.traefik.io', 'any', [200, 200, 200, 200]],
    ['any', 'any', [500, 500, 500, 500]],
    ['any', 'get', [200, 200, 200, 500]],
  ])('of %s, %s', async (resource, verb, expected) => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource, verb, fault: { kind: 'answer', code: 500 } });
    const watch = await client.open(`${SERVICES}?watch=true`);
    const seen = [
      (await client.get(SERVICES)).status,
      watch.statusCode,
      (await client.get(INGRESSES)).status,
      (await client.get('/version')).status,
    ];
    expect(seen).toEqual(expected);
    watch.destroy();
  });

  test('the oldest rule that fits decides, and the next when it is used up', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'list', times: 1, fault: { kind: 'answer', code: 503 } });
    demo.faults.add({ resource: 'services', verb: 'list', times: 1, fault: { kind: 'answer', code: 410 } });
    expect((await client.get(SERVICES)).status).toBe(503);
    expect((await client.get(SERVICES)).status).toBe(410);
  });
});

describe('answers that are failures', () => {
  test.each([
    [401, 'Unauthorized'],
    [403, 'Forbidden'],
    [410, 'Expired'],
    [429, 'TooManyRequests'],
    [500, 'InternalError'],
    [503, 'ServiceUnavailable'],
  ] as const)('%i is a Status of reason %s', async (code, reason) => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'watch', fault: { kind: 'answer', code } });
    const { status, body } = await client.get(`${SERVICES}?watch=true`);
    expect(status).toBe(code);
    expect(body).toMatchObject({ kind: 'Status', status: 'Failure', code, reason });
  });

  test('429 and 503 say when to come again', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'answer', code: 429, retryAfterSeconds: 7 } });
    const { headers, body } = await client.get(SERVICES);
    expect(headers['retry-after']).toBe('7');
    expect(body).toMatchObject({ details: { retryAfterSeconds: 7 } });
  });

  test('a 403 says who may not do what, and access reviews agree', async () => {
    const { client, demo } = await startForTest();
    demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'answer', code: 403 } });
    expect((await client.get(SERVICES)).body).toMatchObject({
      message: 'services is forbidden: User "demo" cannot list resource "services" in API group ""',
    });
    const review = async (verb: string) => {
      const spec = { resourceAttributes: { group: '', resource: 'services', verb } };
      const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
      return (await client.send('POST', path, { spec })).body.status;
    };
    expect(await review('list')).toMatchObject({ allowed: false });
    expect(await review('watch')).toEqual({ allowed: true });
  });

  test('an admission webhook that does not serve yet', async () => {
    const { client, demo } = await startForTest();
    const message = 'Internal error occurred: failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io"';
    demo.faults.add({ resource: 'ipaddresspools', verb: 'patch', fault: { kind: 'answer', code: 500, message } });
    const path = '/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools/new';
    const { body } = await client.patch(path, 'apply-patch+yaml', { metadata: { name: 'new' }, spec: {} });
    expect(body).toMatchObject({ code: 500, reason: 'InternalError', message });
  });
});

test('hang: the call is taken and nothing ever comes, until the server goes', async () => {
  const { client, demo } = await startForTest();
  demo.faults.add({ resource: 'services', verb: 'list', fault: { kind: 'hang' } });
  const call = request(client.url + SERVICES, { ca: client.ca, headers: { authorization: `Bearer ${client.token}` } });
  let answered = false;
  call.on('response', () => {
    answered = true;
  });
  const failed = once(call, 'error');
  call.end();
  await eventually(() => demo.server.traffic.count('list', SERVICES)).toBe(1);
  expect((await client.get(INGRESSES)).status).toBe(200);
  await demo.server.stop();
  const [error] = await failed;
  expect(error).toMatchObject({ code: 'ECONNRESET' });
  expect(answered).toBe(false);
});
