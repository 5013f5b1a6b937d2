import { describe, expect, test } from 'vitest';
import { METALLB_CRDS } from '../../../main/demo/crds.ts';
import { eventually, type Item, startForTest } from './client.ts';
import { addressOf, eventsOf, loadBalancer, POOLS, pool, settled } from './load-balancers.ts';

describe('which address a Service gets', () => {
  test('in order of creation: the lowest that is free, which may be one given back', async () => {
    const { client, demo } = await startForTest();
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    expect(await addressOf(client, 'mqtt', 'home-assistant')).toBe('10.0.0.71');
    expect(await addressOf(client, 'pihole', 'dns')).toBe('10.0.0.72');
    demo.cluster.remove('services', 'home-assistant', 'mqtt');
    demo.cluster.apply(loadBalancer('a'));
    await eventually(() => addressOf(client, 'a')).toBe('10.0.0.71');
    demo.cluster.apply(loadBalancer('b'));
    await eventually(() => addressOf(client, 'b')).toBe('10.0.0.73');
  });

  test('the one it asks for, also when it changes its mind', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.apply(loadBalancer('a', { 'metallb.io/loadBalancerIPs': '10.0.0.80' }));
    await eventually(() => addressOf(client, 'a')).toBe('10.0.0.80');
    demo.cluster.apply(loadBalancer('a', { 'metallb.io/loadBalancerIPs': '10.0.0.78' }));
    await eventually(() => addressOf(client, 'a')).toBe('10.0.0.78');
    demo.cluster.apply(loadBalancer('a'));
    demo.cluster.apply(loadBalancer('b'));
    await eventually(() => addressOf(client, 'b')).toBe('10.0.0.73');
    expect(await addressOf(client, 'a')).toBe('10.0.0.78');
  });

  test('from the pool it asks for; a pool that does not assign by itself only then', async () => {
    const { client, demo } = await startForTest({ scenario: 'empty' });
    for (const definition of METALLB_CRDS) demo.cluster.apply(definition);
    demo.cluster.apply(pool('reserved', ['10.1.0.0/30'], { autoAssign: false }));
    demo.cluster.apply(pool('common', ['10.2.0.7-10.2.0.7', '10.2.0.3/32']));
    demo.metallb.start();
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.2.0.7');
    demo.cluster.apply(loadBalancer('a', { 'metallb.io/address-pool': 'reserved' }));
    demo.cluster.apply(loadBalancer('b'));
    await eventually(() => addressOf(client, 'b')).toBe('10.2.0.3');
    expect(await addressOf(client, 'a')).toBe('10.1.0.0');
  });

  test('none when another load balancer class is named, or when it is no load balancer any more', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.apply(loadBalancer('other', {}, { loadBalancerClass: 'example.com/lb' }));
    demo.cluster.apply(loadBalancer('settled'));
    await settled(demo);
    expect(demo.cluster.get('services', 'test', 'other')?.status).toBeUndefined();
    demo.cluster.patch('services', 'home-assistant', 'mqtt', { spec: { type: 'ClusterIP' } });
    await eventually(() => addressOf(client, 'mqtt', 'home-assistant')).toBe('');
  });
});

describe('what MetalLB says', () => {
  test('the pool on the Service, the use on the pool, the node in a status, and events of both', async () => {
    const { client } = await startForTest();
    const { body: traefik } = await client.get<Item>('/api/v1/namespaces/kube-system/services/traefik');
    expect(traefik.metadata.annotations).toMatchObject({ 'metallb.io/ip-allocated-from-pool': 'default-pool' });
    const { body: used } = await client.get<Item>(`${POOLS}/default-pool`);
    expect(used.status).toEqual({ assignedIPv4: 3, availableIPv4: 8, assignedIPv6: 0, availableIPv6: 0 });
    const { body: statuses } = await client.get('/apis/metallb.io/v1beta1/servicel2statuses');
    expect(statuses.items.map(({ status }) => status)).toContainEqual({
      node: 'turing-1',
      serviceName: 'traefik',
      serviceNamespace: 'kube-system',
      interfaces: [],
    });
    expect((await eventsOf(client, 'traefik', 'kube-system')).sort()).toEqual([
      'IPAllocated: Assigned IP ["10.0.0.70"]',
      'nodeAssigned: announcing from node "turing-1" with protocol "layer2"',
    ]);
  });

  test.each([
    [{ 'metallb.io/loadBalancerIPs': '10.9.9.9' }, '["10.9.9.9"] is not allowed in config'],
    [{ 'metallb.io/address-pool': 'nothing' }, 'unknown pool "nothing"'],
    [
      { 'metallb.io/loadBalancerIPs': '10.0.0.70' },
      'can\'t change sharing key for "test/a", address also in use by kube-system/traefik',
    ],
  ])('why %j fails, once', async (annotations, why) => {
    const { client, demo } = await startForTest();
    demo.cluster.apply(loadBalancer('a', annotations));
    const failure = `AllocationFailed: Failed to allocate IP for "test/a": ${why}`;
    await eventually(() => eventsOf(client, 'a')).toEqual([failure]);
    demo.cluster.apply(loadBalancer('settled'));
    await settled(demo);
    const [event] = demo.cluster.list('events', 'test').filter(({ reason }) => reason === 'AllocationFailed');
    expect(event).toMatchObject({ count: 1, type: 'Warning', source: { component: 'metallb-controller' } });
    expect(await addressOf(client, 'a')).toBe('');
  });

  test('that nothing is free, and when something is', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.apply(pool('default-pool', ['10.0.0.70-10.0.0.72']));
    demo.cluster.apply(loadBalancer('late'));
    const failure = 'AllocationFailed: Failed to allocate IP for "test/late": no available IPs';
    await eventually(() => eventsOf(client, 'late')).toEqual([failure]);
    demo.cluster.remove('services', 'dns', 'pihole');
    await eventually(() => addressOf(client, 'late')).toBe('10.0.0.72');
  });

  test('nothing of nodes without an advertisement', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.remove('l2advertisements', 'metallb-system', 'default');
    const path = '/apis/metallb.io/v1beta1/servicel2statuses';
    await eventually(async () => (await client.get(path)).body.items).toEqual([]);
    demo.cluster.apply(loadBalancer('a'));
    await eventually(() => eventsOf(client, 'a')).toEqual(['IPAllocated: Assigned IP ["10.0.0.73"]']);
  });
});

describe('when the pools change', () => {
  test('an address outside of all pools is exchanged', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.apply(pool('default-pool', ['10.0.0.90/31', '10.0.0.70/32']));
    await eventually(() => addressOf(client, 'mqtt', 'home-assistant')).toBe('10.0.0.90');
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    expect(await eventsOf(client, 'mqtt', 'home-assistant')).toContain(
      'ClearAssignment: current IP for "home-assistant/mqtt" not allowed by config, ' +
        'will attempt for new IP assignment: ["10.0.0.71"] is not allowed in config',
    );
  });

  test('with the last pool every address goes, without a word', async () => {
    const { client, demo } = await startForTest();
    await client.send('DELETE', `${POOLS}/default-pool`);
    await eventually(() => addressOf(client, 'traefik', 'kube-system')).toBe('');
    await eventually(() => addressOf(client, 'pihole', 'dns')).toBe('');
    const { metadata } = demo.cluster.get('services', 'dns', 'pihole') ?? {};
    expect(metadata?.annotations).toEqual({ 'external-dns.alpha.kubernetes.io/hostname': 'pihole.home.lan' });
    expect(demo.cluster.list('events').map(({ reason }) => reason)).not.toContain('AllocationFailed');
  });

  test('nonsense in a pool is no address, and no harm', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.apply({ ...pool('odd', []), spec: { addresses: 'not a list' } });
    demo.cluster.apply(pool('empty', ['nonsense', 'fd00::/64']));
    demo.cluster.apply(loadBalancer('a'));
    await eventually(() => addressOf(client, 'a')).toBe('10.0.0.73');
  });
});

describe('MetalLB restarts', () => {
  test('while it is down nothing gets an address or loses one; afterwards all is caught up', async () => {
    const { client, demo } = await startForTest();
    demo.metallb.stop();
    demo.cluster.apply(loadBalancer('waiting'));
    demo.cluster.remove('ipaddresspools', 'metallb-system', 'default-pool');
    await new Promise(setImmediate);
    expect(demo.cluster.get('services', 'test', 'waiting')?.status).toBeUndefined();
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
    demo.cluster.apply(pool('default-pool', ['10.0.0.70-10.0.0.80']));
    demo.metallb.start();
    expect(await addressOf(client, 'waiting')).toBe('10.0.0.73');
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
  });

  test('its new speakers say again who announces', async () => {
    const { demo } = await startForTest();
    const times = () => demo.cluster.list('events', 'dns').find(({ reason }) => reason === 'nodeAssigned')?.count;
    expect(times()).toBe(1);
    demo.metallb.stop();
    demo.metallb.start();
    expect(times()).toBe(2);
  });

  test('a status that somebody has emptied is filled again', async () => {
    const { client, demo } = await startForTest();
    demo.metallb.stop();
    demo.cluster.patch('services', 'kube-system', 'traefik', { status: { loadBalancer: { ingress: null } } });
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('');
    demo.metallb.start();
    expect(await addressOf(client, 'traefik', 'kube-system')).toBe('10.0.0.70');
  });

  test('its kinds may vanish under it', async () => {
    const { client, demo } = await startForTest();
    demo.cluster.remove('customresourcedefinitions', '', 'servicel2statuses.metallb.io');
    demo.cluster.apply(loadBalancer('a'));
    await eventually(() => addressOf(client, 'a')).toBe('10.0.0.73');
    demo.cluster.remove('customresourcedefinitions', '', 'ipaddresspools.metallb.io');
    demo.cluster.patch('services', 'test', 'a', { metadata: { labels: { nudge: '1' } } });
    await eventually(() => addressOf(client, 'a')).toBe('');
  });
});
