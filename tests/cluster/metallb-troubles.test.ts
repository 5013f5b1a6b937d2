import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bed, startBed } from './bed.ts';
import type { KubeObject } from './client/api.ts';
import { differences, everything, expectBack, settled } from './client/everything.ts';
import { loadBalancer } from './client/objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { addressOf, TRAEFIK_ADDRESS, takesPools } from './node/metallb.ts';
import { waitFor } from './node/program.ts';
import { expectCode, install, installArgs, runUntil, signalWhen, uninstall } from './spec/metallb.ts';
import { CLUSTER, PRODUCT, product } from './spec/product.ts';

const NODE: KubeObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'turing-1' } };
const TRAEFIK: KubeObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'traefik', namespace: 'kube-system' },
};
const EXCLUDED = 'node.kubernetes.io/exclude-from-external-load-balancers';

describeCluster('metallb on a real cluster in trouble', () => {
  let bed: Bed;
  let hosts: Buffer;

  beforeAll(async () => {
    bed = await startBed();
    hosts = bed.laptop.hosts();
  });
  afterAll(() => bed?.stop());
  afterEach(async () => {
    await annotate('["server","--disable","servicelb"]');
    await exclude(null);
    await bed.startProgram('metallb-controller');
  });

  /** The installation does not begin, says why, and leaves the cluster as it is. */
  async function expectRefused(said: RegExp, ...more: readonly string[]): Promise<void> {
    const before = await settled(bed.api);
    const { code, stdout, stderr } = await install(bed, 'helmchart', ...more);
    expect(stderr).toMatch(said);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect([code, stdout.includes('blocked') || more.length > 0]).toEqual([1, true]);
    expect(differences(before, await everything(bed.api))).toEqual([]);
  }

  /** As a computer would that has not spoken with the address for a while. */
  async function check(): Promise<string> {
    await bed.laptop.run(['ip', 'neigh', 'flush', 'dev', 'eth0']);
    const { stdout, stderr } = await product(bed.laptop, 'check', '--cluster', CLUSTER);
    return stdout + stderr;
  }

  const annotate = (args: string | null): Promise<void> =>
    bed.api.mergePatch(NODE, { metadata: { annotations: { 'k3s.io/node-args': args } } });
  const exclude = (value: string | null): Promise<void> =>
    bed.api.mergePatch(NODE, { metadata: { labels: { [EXCLUDED]: value } } });

  test('ServiceLB is on: the server is named, with the lines that switch it off', async () => {
    await annotate('["server"]');
    await expectRefused(/ServiceLB[\s\S]*turing-1[\s\S]*servicelb[\s\S]*systemctl restart k3s/);
  });

  test('the only node may not announce: it is named', async () => {
    await exclude('true');
    await expectRefused(/turing-1/);
  });

  test('addresses that a node has, or that are of another network, are refused', async () => {
    await expectRefused(/10\.0\.0\.60/, '--addresses', '10.0.0.60-10.0.0.65');
    await expectRefused(/10\.9\.9\.1/, '--addresses', '10.9.9.1-10.9.9.9');
  });

  test('somebody who may only read is told which rights are missing', async () => {
    const env = { KUBECONFIG: await bed.readerKubeconfig() };
    const command = [...PRODUCT, ...installArgs(bed, 'helmchart')];
    const { code, stderr } = await bed.laptop.run(command, { env, timeoutMs: 60_000 });
    expect(stderr).toMatch(/Rights in the cluster[\s\S]*helmcharts/);
    expect(code).toBe(1);
  });

  test('MetalLB by manifests is there already: it stays, and its owner is told', async () => {
    const namespace: KubeObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'metallb-system' } };
    await bed.api.create(namespace);
    const labels = { app: 'metallb', component: 'controller' };
    const template = {
      metadata: { labels },
      spec: { containers: [{ name: 'c', image: 'quay.io/metallb/controller:v0.14.9' }] },
    };
    const metadata = { name: 'controller', namespace: 'metallb-system', labels };
    await bed.api.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: { selector: { matchLabels: labels }, template },
    });
    await waitFor('its pod is there', async () => {
      const pods = await bed.api.get<{ items: unknown[] }>('/api/v1/namespaces/metallb-system/pods');
      return pods.items.length > 0;
    });
    await expectRefused(/manifests/);
    const { code, stderr } = await uninstall(bed);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/not installed by Cluster Hosts/)]);
    await bed.api.delete(namespace);
    await waitFor('it is gone', () => isGone('/api/v1/namespaces/metallb-system'), 60_000);
  });

  test('another release of MetalLB is there already: it stays, and its release is named', async () => {
    const chart = ['metallb', '--repo', bed.chartRepository, '--version', '0.15.3'];
    const place = ['--create-namespace', '--namespace', 'lb'];
    expectCode(await bed.laptop.run(['helm', 'upgrade', '--install', 'balancer', ...chart, ...place]));
    try {
      await waitFor('it has made its certificate', () => takesPools(bed.api, 'lb'), 60_000);
      await expectRefused(/balancer/);
    } finally {
      expectCode(await bed.laptop.run(['helm', 'uninstall', 'balancer', '--namespace', 'lb', '--wait']));
      await bed.api.delete({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lb' } });
      await waitFor('it is gone', () => isGone('/api/v1/namespaces/lb'), 60_000);
    }
  });

  const isGone = (path: string): Promise<boolean> =>
    bed.api.get(path).then(
      () => false,
      () => true,
    );

  describeCluster('once it is begun', () => {
    let before: ReadonlyMap<string, unknown>;
    beforeEach(async () => {
      before = await settled(bed.api);
    });
    afterEach(async () => {
      expectCode(await uninstall(bed));
      await bed.laptop.writeHosts(hosts.toString());
    });

    async function rollBack(): Promise<void> {
      expectCode(await product(bed.laptop, 'metallb', 'install', '--roll-back', '--yes'));
      await expectBack(bed.api, before);
    }

    test('the chart cannot be fetched: helm’s own reason is told, and what was made is taken back', async () => {
      const { code, stderr } = await install(bed, 'helmchart', '--repo', 'http://10.0.0.60:1');
      expect(stderr).toMatch(/helm failed.*(refused|reached|repo)/);
      expect(code).toBe(1);
      await rollBack();
    });

    test('the webhook does not serve: it is waited for, and can be left', async () => {
      await bed.stopProgram('metallb-controller');
      await signalWhen(bed.laptop, installArgs(bed, 'helmchart'), 'webhook does not serve yet', 'SIGINT');
      await rollBack();
    });

    test('the API server is restarted meanwhile: it goes on afterwards', async () => {
      const args = installArgs(bed, 'helmchart');
      const output = await runUntil(bed.laptop, args, '✓ MetalLB’s check of addresses', async () => {
        await bed.stopProgram('apiserver');
        await bed.startProgram('apiserver');
      });
      expectCode(output);
      expect(await addressOf(bed.api)).toBe(TRAEFIK_ADDRESS);
    });

    test('two Services want the first address: both get one, and Traefik’s answers', async () => {
      const other = loadBalancer('other', `other.${CLUSTER}.local`);
      await bed.api.create(other);
      expectCode(await install(bed, 'helmchart'));
      expect(await addressOf(bed.api)).toMatch(/^10\.0\.0\.7[01]$/);
      await bed.api.delete(other);
    });

    test('there is no Traefik: MetalLB is installed, and that is said', async () => {
      const traefik = await bed.api.get<KubeObject>('/api/v1/namespaces/kube-system/services/traefik');
      await bed.api.delete(TRAEFIK);
      const output = await install(bed, 'helmchart', '--hosts-file', '/tmp/hosts');
      expect(output.stdout).toMatch(/Traefik.*needs attention/);
      expect(output.stderr).toContain('There is no Traefik yet');
      const { resourceVersion: _, uid: __, ...metadata } = traefik.metadata;
      await bed.api.create({ ...traefik, metadata, status: undefined });
      await waitFor('it gets its address', async () => (await addressOf(bed.api)) !== undefined);
    });

    test('nobody announces the address: check tells so, whether for want of an advertisement or of a node', async () => {
      expectCode(await install(bed, 'helmchart'));
      const metadata = { name: 'default', namespace: 'metallb-system' };
      const advertisement = { apiVersion: 'metallb.io/v1beta1', kind: 'L2Advertisement', metadata };
      await bed.api.delete(advertisement);
      await waitFor('nothing answers', async () => /advertise/i.test(await check()), 60_000);
      expect((await product(bed.laptop, 'metallb', 'status')).stdout).toMatch(/advertise/i);
      expectCode(await install(bed, 'helmchart'));
      await exclude('true');
      await waitFor('nothing answers', async () => /turing-1/.test(await check()), 60_000);
    });
  });
});
