import type { Manifest } from '../../../main/demo/api/objects.ts';
import type { Demo } from '../../../main/demo/demo.ts';
import { type Client, eventually, type Item } from './client.ts';

/** MetalLB's pools, where it keeps them. */
export const POOLS = '/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools';

/** A Service of type LoadBalancer in the namespace `test`. */
export function loadBalancer(name: string, annotations: Record<string, string> = {}, spec: object = {}): Manifest {
  const metadata = { namespace: 'test', name, annotations };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { type: 'LoadBalancer', ports: [{ port: 80 }], ...spec },
  };
}

/** An IPAddressPool. */
export function pool(name: string, addresses: string[], spec: object = {}): Manifest {
  const metadata = { namespace: 'metallb-system', name };
  return { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata, spec: { addresses, ...spec } };
}

/** The address of a Service as a client sees it; `''` while it has none. */
export async function addressOf(client: Client, name: string, namespace = 'test'): Promise<string> {
  const { body } = await client.get<Item>(`/api/v1/namespaces/${namespace}/services/${name}`);
  const status = body.status as { loadBalancer?: { ingress?: { ip: string }[] } } | undefined;
  return status?.loadBalancer?.ingress?.map(({ ip }) => ip).join() ?? '';
}

/** What was said about a Service, as `reason: message`. */
export async function eventsOf(client: Client, name: string, namespace = 'test'): Promise<string[]> {
  const path = `/api/v1/namespaces/${namespace}/events?fieldSelector=involvedObject.kind%3DService%2CinvolvedObject.name%3D${name}`;
  const { items } = (await client.get<{ items: { reason: string; message: string }[] }>(path)).body;
  return items.map(({ reason, message }) => `${reason}: ${message}`);
}

/** Waits until MetalLB has looked at everything there is. */
export function settled(demo: Demo): Promise<void> {
  return eventually(() => demo.cluster.get('services', 'test', 'settled')?.status)
    .toBeDefined()
    .then(() => undefined);
}
