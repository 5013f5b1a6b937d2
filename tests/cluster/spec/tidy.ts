import type { Bed } from '../bed.ts';
import { SPEC_LABEL } from '../client/objects.ts';

const COLLECTIONS = [
  '/api/v1/namespaces/default/services',
  '/apis/networking.k8s.io/v1/namespaces/default/ingresses',
  '/apis/traefik.io/v1alpha1/namespaces/default/ingressroutes',
];

/** After a test, passed or failed: all programs run, no spec's object is left, the hosts file has its first bytes. */
export async function tidy(bed: Bed, hosts: Buffer): Promise<void> {
  for (const name of ['apiserver', 'metallb-controller', 'metallb-speaker'] as const) await bed.startProgram(name);
  const [label] = Object.entries(SPEC_LABEL).map(pair => pair.join('='));
  for (const path of COLLECTIONS) await bed.api.request('DELETE', `${path}?labelSelector=${label}`);
  await bed.laptop.writeHosts(hosts.toString());
}
