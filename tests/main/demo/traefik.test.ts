import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../../main/demo/api/objects.ts';
import type { Demo } from '../../../main/demo/demo.ts';
import { eventually, startForTest } from './client.ts';

function ingress(name: string, spec: object = {}, annotations: Record<string, string> = {}): Manifest {
  const metadata = { namespace: 'test', name, annotations };
  return { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', metadata, spec };
}

function statusOf(demo: Demo, name: string, namespace = 'test'): unknown {
  return demo.cluster.get('ingresses', namespace, name)?.status;
}

const published = (ip: string) => ({ loadBalancer: { ingress: [{ ip }] } });

describe("Traefik publishes its Service's address", () => {
  test('to the Ingresses of its class, of the old annotation, and of none', async () => {
    const { demo } = await startForTest();
    demo.cluster.apply(ingress('foreign', { ingressClassName: 'nginx' }));
    demo.cluster.apply(ingress('foreign-too', {}, { 'kubernetes.io/ingress.class': 'nginx' }));
    demo.cluster.apply(ingress('by-class', { ingressClassName: 'traefik' }));
    demo.cluster.apply(ingress('by-annotation', {}, { 'kubernetes.io/ingress.class': 'traefik' }));
    demo.cluster.apply(ingress('by-none'));
    await eventually(() => statusOf(demo, 'by-none')).toEqual(published('10.0.0.70'));
    expect(statusOf(demo, 'by-class')).toEqual(published('10.0.0.70'));
    expect(statusOf(demo, 'by-annotation')).toEqual(published('10.0.0.70'));
    expect(statusOf(demo, 'foreign')).toBeUndefined();
    expect(statusOf(demo, 'foreign-too')).toBeUndefined();
  });

  test('again when it changes, and leaves the old one while there is none', async () => {
    const { demo } = await startForTest();
    const annotations = { 'metallb.io/loadBalancerIPs': '10.0.0.75' };
    demo.cluster.patch('services', 'kube-system', 'traefik', { metadata: { annotations } });
    await eventually(() => statusOf(demo, 'gitea', 'git')).toEqual(published('10.0.0.75'));
    demo.cluster.remove('ipaddresspools', 'metallb-system', 'default-pool');
    await eventually(() => demo.cluster.get('services', 'kube-system', 'traefik')?.status).toEqual({
      loadBalancer: {},
    });
    await new Promise(setImmediate);
    expect(statusOf(demo, 'gitea', 'git')).toEqual(published('10.0.0.75'));
  });

  test('never before there is one', async () => {
    const { demo } = await startForTest({ scenario: 'empty', ingresses: 1 });
    expect(statusOf(demo, 'app-0001', 'load')).toBeUndefined();
    const status = { loadBalancer: { ingress: [{ ip: '10.0.0.60' }, { ip: '10.0.0.61' }] } };
    demo.cluster.patch('services', 'kube-system', 'traefik', { status });
    await eventually(() => statusOf(demo, 'app-0001', 'load')).toEqual(status);
  });
});
