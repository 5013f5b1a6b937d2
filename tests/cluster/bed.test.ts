import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bed, startBed } from './bed.ts';
import { ApiError } from './client/api.ts';
import { ingress, ingressRoute, loadBalancer } from './client/objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { addressPool, TRAEFIK_ADDRESS } from './node/metallb.ts';
import { waitFor } from './node/program.ts';

interface EventList {
  readonly items: readonly {
    readonly reason: string;
    readonly message: string;
    readonly source: { component: string };
  }[];
}

describeCluster('the test cluster itself', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await startBed({ metallb: true });
  });
  afterAll(() => bed?.stop());

  test("Traefik's address answers from the laptop, over ARP and through kube-proxy", async () => {
    for (const url of [`http://${TRAEFIK_ADDRESS}`, `https://${TRAEFIK_ADDRESS}`]) {
      const answer = await waitFor(`${url} answers`, async () => {
        const { code, stdout } = await bed.laptop.run(['curl', '-sk', '--max-time', '2', '-w', '%{http_code}', url]);
        return code === 0 && stdout;
      });
      expect(answer).toBe('404 page not found\n404');
    }
    const neighbours = await bed.laptop.run(['ip', 'neighbour', 'show', TRAEFIK_ADDRESS]);
    expect(neighbours.stdout).toContain('lladdr');
  });

  test('MetalLB says what it did, in the words of its own events', async () => {
    const path = '/api/v1/namespaces/kube-system/events?fieldSelector=involvedObject.name=traefik';
    await waitFor('both events are there', async () => {
      const { items } = await bed.api.get<EventList>(path);
      const said = items.map(({ source, reason, message }) => `${source.component} ${reason}: ${message}`);
      expect(said).toContain(`metallb-controller IPAllocated: Assigned IP ["${TRAEFIK_ADDRESS}"]`);
      expect(said).toContain('metallb-speaker nodeAssigned: announcing from node "turing-1" with protocol "layer2"');
      return true;
    });
  });

  test("MetalLB's webhook refuses a pool that overlaps", async () => {
    const error = await bed.api.create(addressPool('second', '10.0.0.75-10.0.0.99')).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toHaveProperty('status', 403);
    expect(String(error)).toContain('overlaps with already defined CIDR');
  });

  test("K3s' job runs helm once", async () => {
    const { stdout } = await bed.kubectl(['get', 'secrets', '-n', 'metallb-system', '-l', 'owner=helm', '-o', 'name']);
    expect(stdout.trim()).toBe('secret/sh.helm.release.v1.metallb.v1');
  });

  test('the API server comes back after a power cut, with all it had', async () => {
    await bed.stopProgram('apiserver');
    await expect(bed.api.get('/readyz')).rejects.toThrow();
    await bed.startProgram('apiserver');
    const { stdout } = await bed.kubectl(['get', 'service', '-n', 'kube-system', 'traefik', '-o', 'name']);
    expect(stdout.trim()).toBe('service/traefik');
  });

  test('the objects that specs make are taken and served', async () => {
    const objects = [
      ingress('shown', 'web.turing-cluster.local'),
      ingressRoute('shown', 'Host(`route.turing-cluster.local`)'),
      loadBalancer('shown', 'lb.turing-cluster.local'),
    ];
    await bed.api.each('create', objects);
    const { stdout } = await bed.kubectl(['get', 'ingress,ingressroute,service', 'shown', '-o', 'name']);
    expect(stdout.trim().split('\n')).toHaveLength(3);
    await bed.api.each('delete', objects);
  });

  test('a laptop’s /etc is a folder of its own, where files can be renamed', async () => {
    await bed.laptop.writeHosts('127.0.0.1 localhost\n');
    const script = 'printf "10.0.0.70 turing-cluster.local\\n" >/etc/hosts.new && mv /etc/hosts.new /etc/hosts';
    expect(await bed.laptop.run(['sh', '-c', script])).toMatchObject({ code: 0, stderr: '' });
    expect(bed.laptop.hosts().toString()).toBe('10.0.0.70 turing-cluster.local\n');
    const { stdout } = await bed.laptop.run(['getent', 'hosts', 'turing-cluster.local']);
    expect(stdout).toMatch(/^10\.0\.0\.70\s+turing-cluster\.local$/m);
  });

  test('the other laptop’s hosts file is a mount: it can be written, not renamed over', async () => {
    const script = 'echo "10.0.0.71 other.local" >/etc/hosts.new && mv /etc/hosts.new /etc/hosts';
    const renamed = await bed.boundLaptop.run(['sh', '-c', script]);
    expect(renamed.stderr).toContain('Device or resource busy');
    await bed.boundLaptop.writeHosts('10.0.0.71 other.local\n');
    const { stdout } = await bed.boundLaptop.run(['getent', 'hosts', 'other.local']);
    expect(stdout).toMatch(/^10\.0\.0\.71\s+other\.local$/m);
    expect((await bed.laptop.run(['getent', 'hosts', 'other.local'])).code).toBe(2);
  });
});
