import { expect, test } from 'vitest';
import { startForTest } from '../client.ts';

interface Aggregated {
  readonly kind: string;
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources: readonly {
        readonly resource: string;
        readonly scope: string;
        readonly responseKind: object;
      }[];
    }[];
  }[];
}

const AGGREGATED = {
  accept:
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,' +
    'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json',
};

test('aggregated discovery says all groups and kinds at once', async () => {
  const { client } = await startForTest();
  const { body, headers } = await client.get<Aggregated>('/apis', AGGREGATED);
  expect(headers['content-type']).toContain('as=APIGroupDiscoveryList');
  expect(body.items.map(({ metadata }) => metadata.name)).toEqual([
    'apps',
    'batch',
    'networking.k8s.io',
    'admissionregistration.k8s.io',
    'discovery.k8s.io',
    'apiextensions.k8s.io',
    'helm.cattle.io',
    'traefik.io',
    'metallb.io',
  ]);
  const routes = body.items.find(({ metadata }) => metadata.name === 'traefik.io')?.versions[0];
  expect(routes?.version).toBe('v1alpha1');
  expect(routes?.resources[0]).toMatchObject({
    resource: 'ingressroutes',
    scope: 'Namespaced',
    responseKind: { group: 'traefik.io', version: 'v1alpha1', kind: 'IngressRoute' },
  });
  const core = await client.get<Aggregated>('/api', AGGREGATED);
  expect(core.body.items[0]?.versions[0]?.resources.map(({ resource }) => resource)).toContain('services');
});

test('legacy discovery says it step by step', async () => {
  const { client } = await startForTest();
  expect((await client.get('/api')).body).toMatchObject({ kind: 'APIVersions', versions: ['v1'] });
  expect((await client.get('/apis')).body).toMatchObject({ kind: 'APIGroupList' });
  expect((await client.get('/apis/metallb.io')).body).toMatchObject({
    kind: 'APIGroup',
    preferredVersion: { groupVersion: 'metallb.io/v1beta1' },
  });
  const { body } = await client.get<{ resources: { name: string; namespaced: boolean }[] }>('/api/v1');
  expect(body).toMatchObject({ kind: 'APIResourceList', groupVersion: 'v1' });
  expect(body.resources).toContainEqual(expect.objectContaining({ name: 'nodes', namespaced: false, kind: 'Node' }));
  expect(body.resources.map(({ name }) => name)).toContain('services/status');
});

test.each(['/apis/nobody.example', '/apis/metallb.io/v9', '/api/v2', '/openapi/v3', '/nonsense'])(
  'nothing is at %s',
  async path => {
    const { client } = await startForTest();
    expect((await client.get(path)).body).toMatchObject({ kind: 'Status', code: 404 });
  },
);

test('version and health', async () => {
  const { client } = await startForTest();
  expect((await client.get('/version')).body).toMatchObject({ gitVersion: 'v1.35.4+k3s1' });
  for (const path of ['/healthz', '/readyz', '/livez']) expect((await client.get(path)).text).toBe('ok');
});
