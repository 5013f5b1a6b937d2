import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { type Client, type Item, type List, names, startForTest } from '../client.ts';

interface Table {
  readonly kind: string;
  readonly metadata: { readonly resourceVersion: string };
  readonly columnDefinitions: readonly { readonly name: string }[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly object: Item }[];
}

const INGRESSES = '/apis/networking.k8s.io/v1/ingresses';
const TABLE = { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io,application/json' };
const METADATA = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json' };

/** All pages of a list. */
async function pages(client: Client, path: string, limit: number): Promise<List[]> {
  const all: List[] = [];
  for (let token = ''; ; ) {
    const { body } = await client.get(`${path}?limit=${limit}${token}`);
    all.push(body);
    if (!body.metadata.continue) return all;
    token = `&continue=${body.metadata.continue}`;
  }
}

describe('get and list', () => {
  test('a list is of the whole cluster or of one namespace, in order', async () => {
    const { client } = await startForTest();
    const all = await client.get(INGRESSES);
    expect(all.body).toMatchObject({ kind: 'IngressList', apiVersion: 'networking.k8s.io/v1' });
    expect(names(all.body)).toEqual([
      'default/homepage',
      'git/gitea',
      'home-assistant/home-assistant',
      'longhorn-system/longhorn',
      'preview/preview',
    ]);
    expect(names((await client.get('/apis/networking.k8s.io/v1/namespaces/git/ingresses')).body)).toEqual([
      'git/gitea',
    ]);
  });

  test('items of built-in kinds do not say what they are, those of custom kinds do', async () => {
    const { client } = await startForTest();
    const builtIn = (await client.get('/api/v1/services')).body.items[0];
    expect(builtIn).not.toHaveProperty('kind');
    expect(builtIn).not.toHaveProperty('apiVersion');
    const custom = (await client.get('/apis/traefik.io/v1alpha1/ingressroutes')).body.items[0];
    expect(custom).toMatchObject({ kind: 'IngressRoute', apiVersion: 'traefik.io/v1alpha1' });
  });

  test('a single object says what it is; one that is not there is a 404 with its name', async () => {
    const { client } = await startForTest();
    const found = await client.get<Item>('/api/v1/namespaces/kube-system/services/traefik');
    expect(found.body).toMatchObject({ kind: 'Service', apiVersion: 'v1', metadata: { name: 'traefik' } });
    const missing = await client.get('/api/v1/namespaces/kube-system/services/nginx');
    expect(missing.status).toBe(404);
    expect(missing.body).toMatchObject({ kind: 'Status', reason: 'NotFound', message: 'services "nginx" not found' });
  });

  test('a kind that nobody defined is a 404 without a name', async () => {
    const { client } = await startForTest();
    const { status, body } = await client.get('/apis/gateway.networking.k8s.io/v1/httproutes');
    expect(status).toBe(404);
    expect(body).toMatchObject({ message: 'the server could not find the requested resource' });
  });
});

describe('pages', () => {
  test.prop([fc.integer({ min: 1, max: 9 })], { numRuns: 5 })('of any size make the whole list', async limit => {
    const { client } = await startForTest({ scenario: 'empty', ingresses: 8 });
    const all = await pages(client, INGRESSES, limit);
    expect(all.flatMap(names)).toEqual(names((await client.get(INGRESSES)).body));
    expect(all.every(page => page.items.length <= limit)).toBe(true);
    expect(all[0]?.metadata.remainingItemCount).toBe(limit < 8 ? 8 - limit : undefined);
  });

  test('show the cluster as it was at the first, under one version', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty', ingresses: 5 });
    const first = (await client.get(`${INGRESSES}?limit=2`)).body;
    demo.cluster.remove('ingresses', 'load', 'app-0004');
    demo.cluster.patch('ingresses', 'load', 'app-0005', { metadata: { labels: { changed: 'yes' } } });
    demo.cluster.apply({ ...ingress('zzz'), metadata: { namespace: 'load', name: 'zzz' } });
    const rest = (await client.get(`${INGRESSES}?continue=${first.metadata.continue}`)).body;
    expect(names(rest)).toEqual(['load/app-0003', 'load/app-0004', 'load/app-0005']);
    expect(rest.items[2]?.metadata.labels).toBeUndefined();
    expect(rest.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
    expect(names((await client.get(INGRESSES)).body)).toContain('load/zzz');
  });

  test('with a selector do not say how many are left', async () => {
    const { client } = await startForTest();
    const { metadata } = (await client.get('/api/v1/services?limit=1&labelSelector=!x')).body;
    expect(metadata.continue).toBeDefined();
    expect(metadata.remainingItemCount).toBeUndefined();
  });

  test('a token that is too old is a 410, one that is none a 400', async () => {
    const { client, demo } = await startForTest();
    const { metadata } = (await client.get('/api/v1/services?limit=1')).body;
    demo.cluster.apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'later' } });
    demo.cluster.store.compact();
    const expired = await client.get(`/api/v1/services?limit=1&continue=${metadata.continue}`);
    expect(expired.body).toMatchObject({ kind: 'Status', code: 410, reason: 'Expired' });
    expect((await client.get('/api/v1/services?continue=nonsense')).status).toBe(400);
  });
});

describe('selectors', () => {
  test.each([
    ['fieldSelector=metadata.name=gitea', ['git/gitea']],
    ['fieldSelector=metadata.name=gitea,metadata.namespace!=git', []],
    ['fieldSelector=metadata.namespace==git', ['git/gitea']],
    ['labelSelector=tier=front', ['default/homepage', 'git/gitea']],
    ['labelSelector=tier=front,team', ['git/gitea']],
    ['labelSelector=tier in (front, back),team notin (b)', ['default/homepage', 'git/gitea']],
    ['labelSelector=team in (a,b),tier', ['git/gitea']],
    ['labelSelector=tier,!team', ['default/homepage']],
    ['labelSelector=tier!=front,team', []],
  ])('%s', async (query, expected) => {
    const { client, demo } = await startForTest();
    demo.cluster.patch('ingresses', 'git', 'gitea', { metadata: { labels: { tier: 'front', team: 'a' } } });
    demo.cluster.patch('ingresses', 'default', 'homepage', { metadata: { labels: { tier: 'front' } } });
    const [key = '', value = ''] = query.split(/=(.*)/);
    expect(names((await client.get(`${INGRESSES}?${key}=${encodeURIComponent(value)}`)).body)).toEqual(expected);
  });

  test('events are selected by what they are about', async () => {
    const { client } = await startForTest();
    const selector = encodeURIComponent('involvedObject.kind=Service,involvedObject.name=traefik');
    const { items } = (await client.get(`/api/v1/namespaces/kube-system/events?fieldSelector=${selector}`)).body;
    expect(items.map(item => item.reason).sort()).toEqual(['IPAllocated', 'nodeAssigned']);
  });

  test('a field that the server does not know is a 400', async () => {
    const { client } = await startForTest();
    const { body } = await client.get('/api/v1/services?fieldSelector=spec.type=LoadBalancer');
    expect(body).toMatchObject({ code: 400, message: 'field label not supported: spec.type' });
  });
});

describe('shapes', () => {
  test('metadata only', async () => {
    const { client } = await startForTest();
    const { body } = await client.get(INGRESSES, METADATA);
    expect(body.kind).toBe('PartialObjectMetadataList');
    expect(body.items).toHaveLength(5);
    expect(body.items[0]).not.toHaveProperty('spec');
    expect(body.items[0]).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'homepage' } });
  });

  test('a table to print', async () => {
    const { client } = await startForTest();
    const { body } = await client.get<Table>('/api/v1/services?fieldSelector=metadata.name=traefik', TABLE);
    expect(body.columnDefinitions.map(({ name }) => name)).toEqual(['Name', 'Type', 'External-IP', 'Port(s)', 'Age']);
    expect(body.rows[0]?.cells.slice(0, 4)).toEqual(['traefik', 'LoadBalancer', '10.0.0.70', '80/TCP,443/TCP']);
    expect(body.rows[0]?.object.metadata.namespace).toBe('kube-system');
  });

  test('a table of hosts and addresses', async () => {
    const { client } = await startForTest();
    const { body } = await client.get<Table>(INGRESSES, TABLE);
    expect(body.rows.map(({ cells }) => cells.slice(0, 4))).toContainEqual(['longhorn', 'traefik', '*', '10.0.0.70']);
  });
});

function ingress(name: string) {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata: { namespace: 'load', name }, spec: {} };
}
