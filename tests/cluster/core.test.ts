import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bed, startBed } from './bed.ts';
import type { KubeObject } from './client/api.ts';
import { ingress, ingressRoute, loadBalancer } from './client/objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { addressOf, addressPool, POOL_RANGE, TRAEFIK_ADDRESS } from './node/metallb.ts';
import { waitFor } from './node/program.ts';
import type { EtcVariant } from './rooms/room.ts';
import { namesIn } from './spec/hosts-view.ts';
import { CLUSTER, product } from './spec/product.ts';
import { tidy } from './spec/tidy.ts';
import { staysFor, summary, timeUntil } from './spec/timing.ts';
import { clean, whileWatching } from './spec/watching.ts';

const OWN_NAME = `${CLUSTER}.local`;

describeCluster('sync --watch --yes on a real cluster', () => {
  let bed: Bed;
  let first: Buffer;

  beforeAll(async () => {
    bed = await startBed({ metallb: true });
    first = bed.laptop.hosts();
  });
  afterAll(() => bed?.stop());
  afterEach(() => tidy(bed, first));

  const has = (name: string): boolean => namesIn(bed.laptop.hosts()).has(name);
  const appears = (name: string): Promise<number> => timeUntil(`${name} is written`, () => has(name), 60_000);
  const vanishes = (name: string): Promise<number> => timeUntil(`${name} is removed`, () => !has(name), 60_000);

  test.for<[EtcVariant, string]>([
    ['directory', 'by a rename'],
    ['file', 'in place where only the file is mounted'],
  ])('writes /etc/hosts (%s: %s); the name opens Traefik; clean restores every byte', async ([etc]) => {
    const laptop = etc === 'directory' ? bed.laptop : bed.boundLaptop;
    const before = laptop.hosts();
    const inode = laptop.hostsInode();
    await whileWatching(laptop, async () => {
      await timeUntil(`${OWN_NAME} is written`, () => namesIn(laptop.hosts()).has(OWN_NAME));
      const found = await laptop.run(['getent', 'hosts', OWN_NAME]);
      expect(found.stdout.trim().split(/\s+/)).toEqual(expect.arrayContaining([TRAEFIK_ADDRESS, OWN_NAME]));
      const answer = await laptop.run(['curl', '-sk', '--max-time', '10', `https://${OWN_NAME}`]);
      expect(answer.stdout).toBe('404 page not found\n');
    });
    expect(laptop.hostsInode() === inode).toBe(etc === 'file');
    await clean(laptop);
    expect(laptop.hosts()).toEqual(before);
  });

  test('what is made in the cluster is in the file within a second, and gone within a second', async ({ annotate }) => {
    const standing = Array.from({ length: 12 }, (_, i) => ingress(`standing-${i}`, `s${i}.${OWN_NAME}`));
    const kinds: readonly ((round: number) => [KubeObject, string])[] = [
      round => [ingress('web', `web${round}.${OWN_NAME}`), `web${round}.${OWN_NAME}`],
      round => [ingressRoute('route', `Host(\`route${round}.${OWN_NAME}\`)`), `route${round}.${OWN_NAME}`],
      round => [loadBalancer('lb', `lb${round}.${OWN_NAME}`), `lb${round}.${OWN_NAME}`],
    ];
    // Of few names, the watch would take these removals for a cluster in trouble.
    await bed.api.each('create', standing);
    await whileWatching(bed.laptop, async () => {
      await appears(`s11.${OWN_NAME}`);
      for (const kind of kinds) {
        const came: number[] = [];
        const went: number[] = [];
        for (const round of [1, 2, 3]) {
          const [object, name] = kind(round);
          await bed.api.create(object);
          came.push(await appears(name));
          await bed.api.delete(object);
          went.push(await vanishes(name));
        }
        await annotate(`${kind(0)[0].kind} comes after ${summary(came)}, goes after ${summary(went)}`);
        expect(Math.max(...came, ...went)).toBeLessThan(1_000);
      }
    });
  });

  test('removes nothing while the API server is down, and catches up afterwards', async ({ annotate }) => {
    const [before, after] = [ingress('before', `before.${OWN_NAME}`), ingress('after', `after.${OWN_NAME}`)];
    await bed.api.create(before);
    await whileWatching(bed.laptop, async () => {
      await appears(`before.${OWN_NAME}`);
      const file = bed.laptop.hosts().toString();
      await bed.stopProgram('apiserver');
      await staysFor(6_000, () => expect(bed.laptop.hosts().toString()).toBe(file));
      await bed.startProgram('apiserver');
      await bed.api.create(after);
      await annotate(`caught up ${Math.round(await appears(`after.${OWN_NAME}`))} ms after the change`);
      expect(has(`before.${OWN_NAME}`)).toBe(true);
      await bed.api.delete(after);
      await vanishes(`after.${OWN_NAME}`);
    });
  });

  test('removes nothing while MetalLB is down, and catches up afterwards', async ({ annotate }) => {
    const [before, after] = [loadBalancer('before', `before.${OWN_NAME}`), loadBalancer('after', `after.${OWN_NAME}`)];
    await bed.api.create(before);
    await whileWatching(bed.laptop, async () => {
      await appears(`before.${OWN_NAME}`);
      const file = bed.laptop.hosts().toString();
      await Promise.all([bed.stopProgram('metallb-controller'), bed.stopProgram('metallb-speaker')]);
      await bed.api.create(after);
      await staysFor(4_000, () => expect(bed.laptop.hosts().toString()).toBe(file));
      await Promise.all([bed.startProgram('metallb-controller'), bed.startProgram('metallb-speaker')]);
      await annotate(`caught up ${Math.round(await appears(`after.${OWN_NAME}`))} ms after MetalLB was started`);
      expect(has(`before.${OWN_NAME}`)).toBe(true);
      await bed.api.delete(after);
      await vanishes(`after.${OWN_NAME}`);
    });
  });

  test('keeps every name when MetalLB takes all addresses back, and calls them stale', async () => {
    await whileWatching(bed.laptop, async () => {
      await appears(OWN_NAME);
      const file = bed.laptop.hosts().toString();
      await bed.api.delete(addressPool('default-pool'));
      await waitFor('Traefik has lost its address', async () => (await addressOf(bed.api)) === undefined);
      await staysFor(2_000, () => expect(bed.laptop.hosts().toString()).toBe(file));
      const { stdout } = await product(bed.laptop, 'names', '--cluster', CLUSTER, '--json');
      const { entries } = JSON.parse(stdout) as { entries: { hostname: string; state: string }[] };
      expect(entries).toContainEqual(expect.objectContaining({ hostname: OWN_NAME, state: 'stale' }));
      await bed.api.create(addressPool('default-pool', POOL_RANGE));
      await waitFor('Traefik has its address again', async () => (await addressOf(bed.api)) === TRAEFIK_ADDRESS);
      await delay(1_000);
      expect(bed.laptop.hosts().toString()).toBe(file);
    });
  });
});
