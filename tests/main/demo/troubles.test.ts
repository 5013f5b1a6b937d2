import { describe, expect, test } from 'vitest';
import { type Client, eventually, type Item, startForTest } from './client.ts';
import {
  ADVERTISEMENT,
  apply,
  applyChart,
  containersOf,
  helmContainer,
  installMetallb,
  POOL,
  revisions,
  somethingElse,
  tryPool,
} from './installation.ts';
import { addressOf, eventsOf, loadBalancer } from './load-balancers.ts';

const start = (scenario: 'home' | 'empty' = 'empty') => startForTest({ scenario, paceMs: 3 });

async function podsOf(client: Client, component: string): Promise<readonly Item[]> {
  const selector = encodeURIComponent(`app.kubernetes.io/component=${component}`);
  return (await client.get(`/api/v1/namespaces/metallb-system/pods?labelSelector=${selector}`)).body.items;
}

async function controllerStatus(client: Client) {
  return (await client.get<Item>('/apis/apps/v1/namespaces/metallb-system/deployments/metallb-controller')).body.status;
}

async function speakers(client: Client): Promise<number | undefined> {
  const path = '/apis/apps/v1/namespaces/metallb-system/daemonsets/metallb-speaker';
  return ((await client.get<Item>(path)).body.status as { numberReady?: number } | undefined)?.numberReady;
}

function isOpen({ dial }: Awaited<ReturnType<typeof start>>['demo'], address: string): boolean {
  return dial(address, 443).port !== dial('10.9.9.9', 443).port;
}

describe('the chart', () => {
  test('fails as told, and works when that is over', async () => {
    const { client, demo } = await start();
    const message = 'Error: looks like "https://metallb.github.io/metallb" is not a valid chart repository';
    demo.troubles.chartFails(message);
    await applyChart(client);
    await eventually(() => helmContainer(client)).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { message } },
    });
    await eventually(async () => (await helmContainer(client))?.restartCount).toBeGreaterThan(1);
    demo.troubles.chartFails(undefined);
    await eventually(() => revisions(client)).toEqual(['sh.helm.release.v1.metallb.v1 deployed']);
  });

  test.each([
    ['abort', 'sh.helm.release.v1.metallb.v1 failed'],
    ['reinstall', 'sh.helm.release.v1.metallb.v1 deployed'],
  ])('over a release that was interrupted: %s', async (failurePolicy, outcome) => {
    const { client, demo } = await start();
    const labels = { owner: 'helm', name: 'metallb', status: 'pending-install', version: '1' };
    const metadata = { namespace: 'metallb-system', name: 'sh.helm.release.v1.metallb.v1', labels };
    demo.cluster.apply({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata,
      type: 'helm.sh/release.v1',
      data: { release: '' },
    });
    await applyChart(client, { failurePolicy });
    await eventually(() => revisions(client)).toEqual([outcome]);
    if (failurePolicy !== 'abort') return;
    const message =
      "Release status is 'failed' and failure policy is 'abort', not 'reinstall'; waiting for operator intervention";
    await eventually(() => helmContainer(client)).toMatchObject({ lastState: { terminated: { message } } });
  });

  test.each([
    ['manifests', 'missing key "meta.helm.sh/release-name": must be set to "metallb"'],
    ['helm', 'key "meta.helm.sh/release-name" must equal "metallb": current value is "lb"'],
  ] as const)('is not put over somebody else’s MetalLB (%s)', async (how, why) => {
    const { client, demo } = await start();
    demo.troubles.foreignMetallb(how);
    await eventually(async () => (await tryPool(client)).status).toBe(201);
    const before = demo.cluster.list('deployments').map(({ metadata }) => metadata.uid);
    await applyChart(client);
    await eventually(() => helmContainer(client)).toMatchObject({
      lastState: { terminated: { message: expect.stringContaining(why) } },
    });
    expect(await revisions(client)).toEqual([]);
    expect(demo.cluster.list('deployments').map(({ metadata }) => metadata.uid)).toEqual(before);
  });
});

describe('somebody else’s MetalLB', () => {
  test.each([
    ['manifests', 'controller', { app: 'metallb', component: 'controller' }],
    ['helm', 'lb-metallb-controller', { 'app.kubernetes.io/name': 'metallb', 'app.kubernetes.io/instance': 'lb' }],
  ] as const)('by %s works like any', async (how, name, labels) => {
    const { client, demo } = await start();
    demo.troubles.foreignMetallb(how);
    const { body } = await client.get<Item>(`/apis/apps/v1/namespaces/metallb-system/deployments/${name}`);
    expect(body).toMatchObject({
      metadata: { labels },
      spec: { template: { spec: { containers: [{ image: 'quay.io/metallb/controller:v0.14.9' }] } } },
    });
    await eventually(async () => (await tryPool(client)).status).toBe(201);
    await apply(client, POOL, 'IPAddressPool', { addresses: ['10.0.0.70-10.0.0.80'] });
    await apply(client, ADVERTISEMENT, 'L2Advertisement', {});
    await eventually(() => isOpen(demo, '10.0.0.70')).toBe(true);
  });
});

describe('pods', () => {
  test('take a while to start', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty', paceMs: 60_000 });
    demo.troubles.foreignMetallb('manifests');
    const path = '/api/v1/namespaces/metallb-system/pods';
    await eventually(async () => (await client.get(path)).body.items).toHaveLength(5);
    for (const pod of (await client.get(path)).body.items) {
      expect(containersOf(pod)).toMatchObject([{ ready: false, state: { waiting: { reason: 'ContainerCreating' } } }]);
    }
  });

  test('of which the image cannot be pulled wait for it; MetalLB does not run', async () => {
    const { client, demo } = await start();
    demo.troubles.imagesCannotBePulled('metallb-controller');
    await applyChart(client);
    await eventually(async () => containersOf((await podsOf(client, 'controller'))[0])).toMatchObject([
      {
        state: {
          waiting: {
            reason: 'ImagePullBackOff',
            message: expect.stringMatching(/^Back-off pulling image "quay.io\/metallb\/controller:v0.15.3"/),
          },
        },
      },
    ]);
    expect(await controllerStatus(client)).toMatchObject({
      unavailableReplicas: 1,
      conditions: [{ type: 'Available', status: 'False' }],
    });
    demo.troubles.imagesCannotBePulled();
    await eventually(() => controllerStatus(client)).toMatchObject({ availableReplicas: 1 });
    await eventually(async () => (await tryPool(client)).status).toBe(201);
  });

  test('of the speaker that are not ready announce nothing', async () => {
    const { client, demo } = await start('home');
    expect(isOpen(demo, '10.0.0.70')).toBe(true);
    demo.troubles.notReady('metallb-speaker');
    await eventually(() => speakers(client)).toBe(0);
    await eventually(() => isOpen(demo, '10.0.0.70')).toBe(false);
    demo.troubles.notReady();
    await eventually(() => speakers(client)).toBe(4);
    await eventually(() => isOpen(demo, '10.0.0.70')).toBe(true);
  });

  test('of Traefik that are not ready are no endpoint, and nobody announces them', async () => {
    const { client, demo } = await start('home');
    const endpoints = async () => {
      const path = '/apis/discovery.k8s.io/v1/namespaces/kube-system/endpointslices';
      const { items } = (await client.get(`${path}?labelSelector=kubernetes.io%2Fservice-name%3Dtraefik`)).body;
      return items.flatMap(item => (item as unknown as { endpoints: { conditions: { ready: boolean } }[] }).endpoints);
    };
    expect(await endpoints()).toMatchObject([{ conditions: { ready: true } }]);
    demo.troubles.notReady('traefik');
    await eventually(endpoints).toMatchObject([{ conditions: { ready: false } }]);
    await eventually(() => isOpen(demo, '10.0.0.70')).toBe(false);
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
  });
});

describe('an address that nobody announces', () => {
  const label = 'node.kubernetes.io/exclude-from-external-load-balancers';

  test('without an advertisement', async () => {
    const { client, demo } = await start('home');
    await client.send('DELETE', ADVERTISEMENT);
    await eventually(() => isOpen(demo, '10.0.0.70')).toBe(false);
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
  });

  test('with all nodes excluded; with some, another one does', async () => {
    const { client, demo } = await start('home');
    const [first, ...others] = demo.cluster.list('nodes').map(({ metadata }) => metadata.name);
    const exclude = (name = '') => demo.cluster.patch('nodes', '', name, { metadata: { labels: { [label]: '' } } });
    exclude(first);
    const moved = 'nodeAssigned: announcing from node "turing-2" with protocol "layer2"';
    await eventually(() => eventsOf(client, 'traefik', 'kube-system')).toContain(moved);
    expect(isOpen(demo, '10.0.0.70')).toBe(true);
    for (const name of others) exclude(name);
    await eventually(() => isOpen(demo, '10.0.0.70')).toBe(false);
  });
});

describe('ServiceLB', () => {
  const daemonSets = async (client: Client) => {
    const path = '/apis/apps/v1/daemonsets?labelSelector=svccontroller.k3s.cattle.io%2Fnodeselector';
    return (await client.get(path)).body.items.map(({ metadata }) => metadata.name);
  };
  const args = async (client: Client) =>
    (await client.get<Item>('/api/v1/nodes/turing-1')).body.metadata.annotations?.['k3s.io/node-args'];

  test('gives the nodes’ own addresses; switched off, it leaves them', async () => {
    const { client, demo } = await start();
    demo.troubles.serviceLb(true);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.60,10.0.0.61,10.0.0.62,10.0.0.63');
    expect(await daemonSets(client)).toEqual([expect.stringMatching(/^svclb-traefik-[0-9a-f]{8}$/)]);
    expect(await args(client)).toBe('["server"]');
    expect(isOpen(demo, '10.0.0.61')).toBe(true);
    demo.troubles.serviceLb(false);
    await eventually(() => daemonSets(client)).toEqual([]);
    expect(await args(client)).toBe('["server","--disable","servicelb"]');
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.60,10.0.0.61,10.0.0.62,10.0.0.63');
    await installMetallb(client);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
  });

  test('and MetalLB write over each other for as long as both are there', async () => {
    const { client, demo } = await start('home');
    demo.troubles.serviceLb(true);
    const reasons = async () => (await eventsOf(client, 'traefik', 'kube-system')).map(text => text.split(':')[0]);
    await eventually(reasons).toEqual(expect.arrayContaining(['UpdatedLoadBalancer', 'ClearAssignment']));
    const fights = () =>
      demo.cluster.list('events', 'kube-system').find(({ reason }) => reason === 'ClearAssignment')?.count;
    await eventually(fights).toBeGreaterThan(2);
    demo.troubles.serviceLb(false);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
  });

  test('switched off before it has written an address writes none', async () => {
    const { client, demo } = await start();
    demo.troubles.serviceLb(true);
    demo.troubles.serviceLb(false);
    await somethingElse(client);
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('');
  });

  test('leaves Services of another class alone', async () => {
    const { client, demo } = await start();
    demo.cluster.apply(loadBalancer('other', {}, { loadBalancerClass: 'example.com/lb' }));
    demo.troubles.serviceLb(true);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).not.toBe('');
    expect(await addressOf(client, 'other')).toBe('');
  });
});

test('a user who may only read is told so, before and when it writes', async () => {
  const { client, demo } = await start();
  demo.faults.add({ resource: 'any', verb: 'write', fault: { kind: 'answer', code: 403 } });
  const may = async (verb: string) => {
    const resourceAttributes = { group: 'helm.cattle.io', resource: 'helmcharts', verb, namespace: 'kube-system' };
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    return (await client.send<Item>('POST', path, { spec: { resourceAttributes } })).body.status;
  };
  expect(await may('list')).toEqual({ allowed: true });
  for (const verb of ['create', 'update', 'patch', 'delete']) expect(await may(verb)).toMatchObject({ allowed: false });
  expect((await applyChart(client)).status).toBe(403);
  expect((await client.send('DELETE', '/api/v1/namespaces/default')).status).toBe(403);
  expect((await client.get('/api/v1/namespaces/default')).status).toBe(200);
});
