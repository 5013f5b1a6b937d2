import { describe, expect, test } from 'vitest';
import { type Client, eventually, type Item, names, startForTest } from './client.ts';
import {
  ADVERTISEMENT,
  applyChart,
  CHART,
  containersOf,
  helmContainer,
  installMetallb,
  NAMESPACE,
  POOL,
  RELEASES,
  revisions,
  somethingElse,
  tryPool,
} from './installation.ts';
import { addressOf, eventsOf } from './load-balancers.ts';

const start = () => startForTest({ scenario: 'empty', paceMs: 3 });
const WORKLOADS = ['deployments/metallb-controller', 'daemonsets/metallb-speaker'];

function workload(client: Client, path: string) {
  return client.get<Item>(`/apis/apps/v1/namespaces/metallb-system/${path}`);
}

/** Everything in the cluster but events and Leases of time: `kind namespace/name`. */
function inventory({ cluster }: Awaited<ReturnType<typeof start>>['demo']): string[] {
  const all = cluster.resources().filter(({ kind }) => kind !== 'Event');
  return all.flatMap(({ plural, group, kind }) =>
    cluster
      .list(group === '' ? plural : `${plural}.${group}`)
      .map(({ metadata }) => `${kind} ${metadata.namespace ?? ''}/${metadata.name}`),
  );
}

describe('a HelmChart for MetalLB', () => {
  test('ends with an address that a node answers for', async () => {
    const { client, demo } = await start();
    expect(demo.dial('10.0.0.70', 443)).toEqual(demo.dial('10.0.0.99', 443));
    await installMetallb(client);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    await eventually(() => eventsOf(client, 'traefik', 'kube-system')).toEqual(
      expect.arrayContaining([
        'IPAllocated: Assigned IP ["10.0.0.70"]',
        'nodeAssigned: announcing from node "turing-1" with protocol "layer2"',
      ]),
    );
    expect(demo.dial('10.0.0.70', 443)).not.toEqual(demo.dial('10.0.0.99', 443));
  });

  test('gets a job, a release and what the chart consists of, a stage after the other', async () => {
    const { client } = await start();
    const pods = await client.watch('/api/v1/namespaces/kube-system/pods', 'resourceVersion=0');
    const secrets = await client.watch('/api/v1/secrets');
    await applyChart(client);
    const states: unknown[] = [];
    while (!states.some(state => JSON.stringify(state).includes('Completed'))) {
      const { object } = await pods.until(({ object }) => object.metadata.name.startsWith('helm-install-metallb-'));
      states.push(containersOf(object)[0]?.state);
    }
    expect(states).toMatchObject([
      { waiting: { reason: 'ContainerCreating' } },
      { running: {} },
      { terminated: { reason: 'Completed', exitCode: 0 } },
    ]);
    const release = 'sh.helm.release.v1.metallb.v1';
    const next = () => secrets.until(({ object }) => object.metadata.name === release);
    const labels = {
      owner: 'helm',
      name: 'metallb',
      version: '1',
      'helmcharts.helm.cattle.io/configHash': expect.stringMatching(/^[0-9A-F]{63}$/),
    };
    expect((await next()).object.metadata.labels).toEqual({ ...labels, status: 'pending-install' });
    expect((await next()).object.metadata.labels).toEqual({ ...labels, status: 'deployed' });

    const chart = (await client.get<Item>(CHART)).body;
    expect(chart.status).toMatchObject({
      jobName: 'helm-install-metallb',
      conditions: [{ type: 'JobCreated', status: 'True' }, {}],
    });
    const job = await client.get<Item>('/apis/batch/v1/namespaces/kube-system/jobs/helm-install-metallb');
    expect(job.body.status).toMatchObject({ succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] });
    const events = (
      await client.get('/api/v1/namespaces/kube-system/events?fieldSelector=involvedObject.name%3Dmetallb')
    ).body;
    expect(events.items.map(({ reason }) => reason)).toEqual(['ApplyJob']);
    for (const path of WORKLOADS) expect((await workload(client, path)).status).toBe(200);
    expect(JSON.stringify((await workload(client, 'daemonsets/metallb-speaker')).body.spec)).not.toContain('frr');
  });

  test('has pods that become ready, and kinds that are established, each a while after it was made', async () => {
    const { client } = await start();
    const deployments = await client.watch('/apis/apps/v1/namespaces/metallb-system/deployments');
    const kinds = await client.watch('/apis/apiextensions.k8s.io/v1/customresourcedefinitions');
    await applyChart(client);
    const available = ({ status }: Item) => (status as { availableReplicas?: number } | undefined)?.availableReplicas;
    expect(available((await deployments.next()).object)).toBeUndefined();
    await deployments.until(({ object }) => available(object) === 1);
    const established = ({ status }: Item) => JSON.stringify(status).includes('"type":"Established","status":"True"');
    const isPool = ({ object }: { object: Item }) => object.metadata.name === 'ipaddresspools.metallb.io';
    expect(established((await kinds.until(isPool)).object)).toBe(false);
    expect(established((await kinds.until(isPool)).object)).toBe(true);
    await eventually(async () => (await workload(client, 'daemonsets/metallb-speaker')).body.status).toMatchObject({
      desiredNumberScheduled: 4,
      numberReady: 4,
    });
  });

  test('has a webhook that serves last of all, and says until then what the API server says', async () => {
    const { client, demo } = await start();
    const answer = async () => {
      const { status, body } = await tryPool(client);
      return `${status} ${(body as unknown as { message?: string }).message ?? ''}`;
    };
    expect(await answer()).toMatch(/^404 /);
    demo.troubles.notReady('metallb-controller');
    await applyChart(client);
    const url =
      'https://metallb-webhook-service.metallb-system.svc:443/validate-metallb-io-v1beta1-ipaddresspool?timeout=10s';
    const call = `failed calling webhook "ipaddresspoolvalidationwebhook.metallb.io": failed to call webhook: Post "${url}"`;
    const failure = `500 Internal error occurred: ${call}`;
    await eventually(answer).toBe(`${failure}: no endpoints available for service "metallb-webhook-service"`);
    demo.troubles.webhookNeverServes(true);
    demo.troubles.notReady();
    await eventually(answer).toBe(`${failure}: dial tcp 10.43.118.9:443: connect: connection refused`);
    demo.troubles.webhookNeverServes(false);
    await eventually(answer).toMatch(/^201 /);
    expect((await client.get(POOL)).status).toBe(404);
  });

  test('that is changed becomes another revision; applied again as it is, nothing', async () => {
    const { client, demo } = await start();
    await installMetallb(client);
    await eventually(() => helmContainer(client)).toMatchObject({ state: { terminated: { exitCode: 0 } } });
    const job = demo.cluster.get('jobs', 'kube-system', 'helm-install-metallb');
    await applyChart(client);
    await new Promise(setImmediate);
    expect(demo.cluster.get('jobs', 'kube-system', 'helm-install-metallb')).toBe(job);
    await applyChart(client, { version: '0.16.1' });
    await eventually(() => revisions(client)).toEqual([
      'sh.helm.release.v1.metallb.v1 superseded',
      'sh.helm.release.v1.metallb.v2 deployed',
    ]);
    const { body } = await workload(client, 'deployments/metallb-controller');
    expect(body.metadata.labels?.['app.kubernetes.io/version']).toBe('v0.16.1');
    await eventually(async () =>
      JSON.stringify((await client.get('/api/v1/namespaces/metallb-system/pods')).body),
    ).not.toContain('v0.15.3');
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    expect((await client.get(POOL)).status).toBe(200);
  });

  test.each([
    [
      { version: '9.9.9' },
      'chart "metallb" matching version "9.9.9" not found in https://metallb.github.io/metallb index',
    ],
    [{ createNamespace: false }, 'namespaces "metallb-system" not found'],
    [{ valuesContent: 'a: [' }, 'failed to parse /config/values.yaml'],
    [{ chart: 'something' }, 'chart "something" not found'],
  ])('that makes no sense (%j) fails again and again with helm’s words', async (changes, words) => {
    const { client } = await start();
    await applyChart(client, changes);
    await eventually(async () => (await helmContainer(client))?.restartCount).toBeGreaterThan(1);
    await eventually(() => helmContainer(client)).toMatchObject({
      state: { waiting: { reason: 'CrashLoopBackOff' } },
      lastState: { terminated: { exitCode: 1, message: expect.stringContaining(words) } },
    });
    expect(await revisions(client)).toEqual([]);
  });
});

describe('the HelmChart deleted', () => {
  test('is there until all of it is gone: release, workloads, kinds with all pools; not the namespace', async () => {
    const { client, demo } = await start();
    const before = inventory(demo);
    await installMetallb(client);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    await client.send('DELETE', ADVERTISEMENT);
    await client.send('DELETE', POOL);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('');

    const charts = await client.watch('/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts');
    const { status, body } = await client.send('DELETE', CHART, { propagationPolicy: 'Background' });
    expect([status, body.kind]).toEqual([200, 'HelmChart']);
    const marked = await charts.until(({ object }) => 'deletionTimestamp' in object.metadata);
    expect(marked.type).toBe('MODIFIED');
    const removing = await charts.until(({ object }) => JSON.stringify(object.status).includes('helm-delete-metallb'));
    expect(removing.type).toBe('MODIFIED');
    await charts.until(({ type }) => type === 'DELETED');
    expect(names((await client.get(RELEASES)).body)).toEqual([]);
    expect((await client.get(POOL)).status).toBe(404);
    expect((await client.get(NAMESPACE)).status).toBe(200);
    await eventually(async () => names((await client.get(`${NAMESPACE}/pods`)).body)).toEqual([]);
    await client.send('DELETE', NAMESPACE);
    await eventually(() => inventory(demo).sort()).toEqual(before.sort());
  });

  test('with its pools still there leaves the addresses in the statuses, and nobody answers for them', async () => {
    const { client, demo } = await start();
    await installMetallb(client);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    await client.send('DELETE', CHART);
    await eventually(async () => (await client.get(CHART)).status).toBe(404);
    expect((await client.get(POOL)).status).toBe(404);
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    expect(demo.dial('10.0.0.70', 443)).toEqual(demo.dial('10.0.0.99', 443));
  });

  test('while its job still runs, and installed again', async () => {
    const { client, demo } = await start();
    demo.troubles.chartHangs(true);
    await applyChart(client);
    await eventually(() => revisions(client)).toEqual(['sh.helm.release.v1.metallb.v1 pending-install']);
    await client.send('DELETE', CHART);
    await eventually(async () => (await client.get(CHART)).status).toBe(404);
    expect(await revisions(client)).toEqual([]);
    demo.troubles.chartHangs(false);
    await somethingElse(client);
    expect((await workload(client, 'deployments/metallb-controller')).status).toBe(404);
    await installMetallb(client);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
  });
});

test('home can be uninstalled and installed again', async () => {
  const { client } = await startForTest({ paceMs: 3 });
  expect((await client.get<Item>(CHART)).body.metadata.labels).toEqual({
    'app.kubernetes.io/managed-by': 'cluster-hosts',
  });
  for (const path of [ADVERTISEMENT, POOL, NAMESPACE]) {
    const { labels } = (await client.get<Item>(path)).body.metadata;
    expect(labels).toEqual({ 'app.kubernetes.io/managed-by': 'cluster-hosts' });
  }
  await client.send('DELETE', ADVERTISEMENT);
  await client.send('DELETE', POOL);
  await eventually(() => addressOf(client, 'pihole', 'dns')).toBe('');
  await client.send('DELETE', CHART);
  await eventually(async () => (await client.get(CHART)).status).toBe(404);
  await client.send('DELETE', NAMESPACE);
  await installMetallb(client);
  await eventually(() => addressOf(client, 'traefik', 'kube-system')).toMatch(/^10\.0\.0\.7\d$/);
  await eventually(() => addressOf(client, 'pihole', 'dns')).toMatch(/^10\.0\.0\.7\d$/);
});

test('values of a HelmChartConfig reach K3s’ Traefik, and leave it again', async () => {
  const { client } = await start();
  const config = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmchartconfigs/traefik';
  const valuesContent = 'service:\n  annotations:\n    metallb.io/loadBalancerIPs: 10.0.0.75\n';
  await client.patch(`${config}?fieldManager=test&force=true`, 'apply-patch+yaml', {
    metadata: { name: 'traefik' },
    spec: { valuesContent },
  });
  const annotation = async () =>
    (await client.get<Item>('/api/v1/namespaces/kube-system/services/traefik')).body.metadata.annotations?.[
      'metallb.io/loadBalancerIPs'
    ];
  await eventually(annotation).toBe('10.0.0.75');
  await installMetallb(client);
  await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.75');
  await client.send('DELETE', config);
  await eventually(annotation).toBeUndefined();
  expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.75');
});
