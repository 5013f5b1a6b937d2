import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { connectTo } from '../../demo-connection.ts';
import { metallbOf } from './metallb-of.ts';

const WISH = { addresses: '10.0.0.70-10.0.0.80', pin: '' };

let demo: Demo;
let connection: Connection;

beforeEach(async () => {
  demo = await startDemo({ scenario: 'empty', paceMs: 2 });
  connection = connectTo(demo);
});
afterEach(async () => {
  connection.close();
  await demo.stop();
});

describe('a Traefik whose Service asks for an address itself', () => {
  beforeEach(() => {
    demo.cluster.patch('services', 'kube-system', 'traefik', { spec: { loadBalancerIP: '10.0.0.99' } });
  });

  test('is given no other: MetalLB refuses what is asked for twice', async () => {
    const planned = metallbOf(demo, connection).plan({ ...WISH, pin: '10.0.0.75' });
    await expect(planned).rejects.toThrow('spec.loadBalancerIP');
  });

  test('is told beforehand where MetalLB does not have it', async () => {
    const metallb = metallbOf(demo, connection);
    const told =
      'Traefik’s Service asks for 10.0.0.99, which is none of these addresses: it gets none until that is changed.';
    expect((await metallb.advise('10.0.0.70-10.0.0.80')).warnings).toContain(told);
    expect((await metallb.advise('10.0.0.90-10.0.0.99')).warnings.join()).not.toContain('asks for');
    await metallb.plan(WISH);
  });
});

test.each([
  ['K3s’ own', true],
  ['another', false],
])('the address that Traefik (%s) was given is told with the addresses, so that it is kept', async (_, isPackaged) => {
  // Where its HelmChart is not seen, it is nobody's.
  const hidden = { kind: 'answer', code: 403 } as const;
  if (!isPackaged) demo.faults.add({ resource: 'helmcharts', verb: 'list', fault: hidden });
  const metallb = metallbOf(demo, connection);
  expect((await metallb.advise(undefined)).pin).toBe('');
  const installer = await metallb.installer({ ...WISH, pin: '10.0.0.75' }, () => {});
  expect(await installer.install()).toEqual({ state: 'done' });
  expect(await metallb.advise(undefined)).toMatchObject({ text: '10.0.0.70-10.0.0.80', pin: '10.0.0.75' });
  const typed = await metallb.advise('10.0.0.90-10.0.0.95');
  expect(typed.pin).toBe('10.0.0.75');
  expect(typed.warnings.join()).not.toContain('asks for');
});

test('addresses are judged also for somebody who may not read Traefik’s settings', async () => {
  demo.faults.add({ resource: 'helmchartconfigs', verb: 'get', fault: { kind: 'answer', code: 403 } });
  expect(await metallbOf(demo, connection).advise(undefined)).toMatchObject({ problems: [], pin: '' });
});

test('a Traefik that asks for another load balancer is not waited for, and no address is promised to it', async () => {
  demo.cluster.patch('services', 'kube-system', 'traefik', { spec: { loadBalancerClass: 'tailscale' } });
  const metallb = metallbOf(demo, connection);
  const { sentences, unchanged } = await metallb.plan(WISH);
  expect(sentences.at(-1)).toBe('Traefik asks for the load balancer tailscale, and gets no address of MetalLB.');
  expect(unchanged.join()).not.toContain('they get addresses too');
  await expect(metallb.plan({ ...WISH, pin: '10.0.0.75' })).rejects.toThrow('tailscale');
  const installer = await metallb.installer(WISH, () => {});
  expect(await installer.install()).toEqual({ state: 'done' });
  expect(await metallb.isUnfinished()).toBe(false);
});
