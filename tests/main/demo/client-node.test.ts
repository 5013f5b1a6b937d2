import {
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  KubernetesObjectApi,
  makeInformer,
  NetworkingV1Api,
  PatchStrategy,
  type V1Service,
} from '@kubernetes/client-node';
import { expect, onTestFinished, test } from 'vitest';
import type { Demo } from '../../../main/demo/demo.ts';
import { eventually, startForTest } from './client.ts';

function configOf(demo: Demo): KubeConfig {
  const config = new KubeConfig();
  config.loadFromString(demo.kubeconfig);
  return config;
}

test('its typed calls list, read, write and delete', async () => {
  const { demo } = await startForTest();
  const core = configOf(demo).makeApiClient(CoreV1Api);
  const { items, metadata } = await core.listServiceForAllNamespaces({ limit: 2 });
  expect(items).toHaveLength(2);
  expect(metadata?._continue).toBeDefined();
  const traefik = await core.readNamespacedService({ namespace: 'kube-system', name: 'traefik' });
  expect(traefik.metadata?.creationTimestamp).toBeInstanceOf(Date);
  expect(traefik.status?.loadBalancer?.ingress?.[0]?.ip).toBe('10.0.0.70');
  await core.createNamespacedService({
    namespace: 'default',
    body: { metadata: { name: 'web' }, spec: { type: 'ClusterIP' } },
  });
  await core.deleteNamespacedService({ namespace: 'default', name: 'web' });
  await expect(core.readNamespacedService({ namespace: 'default', name: 'web' })).rejects.toMatchObject({ code: 404 });
});

test('its object calls discover kinds and apply on the server', async () => {
  const { demo } = await startForTest();
  const objects = KubernetesObjectApi.makeApiClient(configOf(demo));
  const pool = {
    apiVersion: 'metallb.io/v1beta1',
    kind: 'IPAddressPool',
    metadata: { name: 'second', namespace: 'metallb-system' },
    spec: { addresses: ['10.0.1.0/30'] },
  };
  await objects.patch(pool, undefined, undefined, 'cluster-hosts', true, PatchStrategy.ServerSideApply);
  const custom = configOf(demo).makeApiClient(CustomObjectsApi);
  const query = { group: 'metallb.io', version: 'v1beta1', plural: 'ipaddresspools' };
  expect(await custom.listCustomObjectForAllNamespaces({ ...query, resourcePlural: query.plural })).toMatchObject({
    items: [{ metadata: { name: 'default-pool' } }, { metadata: { name: 'second' }, spec: pool.spec }],
  });
});

test('its informer follows', async () => {
  const { demo } = await startForTest();
  const config = configOf(demo);
  const core = config.makeApiClient(CoreV1Api);
  const informer = makeInformer<V1Service>(config, '/api/v1/services', () => core.listServiceForAllNamespaces());
  onTestFinished(() => informer.stop());
  await informer.start();
  await eventually(() => demo.server.openWatches('services')).toBe(1);
  demo.cluster.remove('services', 'dns', 'pihole');
  await eventually(() => informer.get('pihole', 'dns')).toBeUndefined();
  demo.cluster.patch('services', 'kube-system', 'traefik', { metadata: { labels: { seen: 'yes' } } });
  await eventually(() => informer.get('traefik', 'kube-system')?.metadata?.labels?.seen).toBe('yes');
});

test('a kind that is not there is a 404 to it', async () => {
  const { demo } = await startForTest();
  const api = configOf(demo).makeApiClient(NetworkingV1Api);
  await expect(api.listNetworkPolicyForAllNamespaces()).rejects.toMatchObject({ code: 404 });
});
