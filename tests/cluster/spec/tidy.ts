import type { Bed } from '../bed.ts';
import { SPEC_LABEL } from '../client/objects.ts';

/** After a test, passed or failed: all programs run, no spec's object is left, the hosts file has its first bytes. */
export async function tidy(bed: Bed, hosts: Buffer): Promise<void> {
  for (const name of ['apiserver', 'metallb-controller', 'metallb-speaker'] as const) await bed.startProgram(name);
  const label = Object.entries(SPEC_LABEL).map(pair => pair.join('='));
  await bed.kubectl(['delete', 'ingress,ingressroute,service', '--selector', label.join()]);
  await bed.laptop.writeHosts(hosts.toString());
}
