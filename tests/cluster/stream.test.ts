import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Bed, startBed } from './bed.ts';
import { Changes, randomFrom } from './client/changes.ts';
import { KubectlWatch } from './client/kubectl-watch.ts';
import { describeCluster } from './describe-cluster.ts';
import { waitFor } from './node/program.ts';
import { expectedNames } from './spec/expected-names.ts';
import { namesIn, sha256, tornness } from './spec/hosts-view.ts';
import { CLUSTER, product, Watching } from './spec/product.ts';
import { tidy } from './spec/tidy.ts';
import { touched } from './spec/timing.ts';
import { clean, whileWatching } from './spec/watching.ts';

const KILLS = 50;

/** Most changes of these streams remove names: the watch is told that this is meant. */
const FLAGS = ['--accept-removals'];

describeCluster('sync --watch --yes while a real cluster changes all the time', () => {
  let bed: Bed;
  let first: Buffer;

  beforeAll(async () => {
    bed = await startBed({ metallb: true });
    first = bed.laptop.hosts();
  });
  afterAll(() => bed?.stop());
  afterEach(() => tidy(bed, first));

  test('the file names what kubectl get --watch shows', async ({ annotate }) => {
    const seed = randomInt(2 ** 31);
    const kubectl = new KubectlWatch(bed, ['services', 'ingresses', 'ingressroutes']);
    const written = (): string[] => {
      const before = namesIn(first);
      return [...namesIn(bed.laptop.hosts()).keys()].filter(name => !before.has(name)).sort();
    };
    await whileWatching(bed.laptop, FLAGS, async () => {
      const changes = new Changes(bed.api, seed, 25);
      await delay(8_000);
      await changes.stop();
      const start = performance.now();
      await waitFor(
        `both agree (seed ${seed})`,
        () => expect(written()).toEqual(expectedNames(kubectl.view())) ?? true,
      );
      const settled = Math.round(performance.now() - start);
      const told = `${changes.made} changes, ${kubectl.events} events, ${written().length} names`;
      await annotate(`${told}; agreed ${settled} ms after the last change (seed ${seed})`);
      await delay(1_000);
      expect(written()).toEqual(expectedNames(kubectl.view()));
      expect(changes.made).toBeGreaterThan(100);
      await changes.clear();
      await waitFor('all of it is gone', () => written().length === 2);
    });
    await kubectl.stop();
    await clean(bed.laptop);
    expect(bed.laptop.hosts()).toEqual(first);
  });

  test(`${KILLS} kills leave a whole file each time, and clean restores the first bytes`, {
    timeout: 400_000,
  }, async context => {
    const seed = randomInt(2 ** 31);
    const random = randomFrom(seed);
    const changes = new Changes(bed.api, seed, 10);
    const files = new Set<string>();
    for (let kill = 1; kill <= KILLS; kill++) {
      const watching = new Watching(bed.laptop, ...FLAGS);
      await delay(2_500 * random());
      // Of a write that takes a millisecond, a random moment would hardly ever see the middle.
      if (kill % 2 === 0) await touched(bed.laptop.outside('/etc'), 3_000);
      await watching.kill();
      const file = bed.laptop.hosts();
      files.add(sha256(file));
      expect(tornness(file, first), `after kill ${kill} (seed ${seed}); it said: ${watching}`).toBeUndefined();
      if (kill % 10 === 0) {
        const { code, stderr } = await product(bed.laptop, 'diff', '--cluster', CLUSTER);
        expect([0, 2], stderr).toContain(code);
      }
    }
    await changes.stop();
    await context.annotate(`${changes.made} changes; ${files.size} different files in ${KILLS} kills (seed ${seed})`);
    expect(files.size).toBeGreaterThan(KILLS / 4);
    await changes.clear();
    await clean(bed.laptop);
    expect(sha256(bed.laptop.hosts())).toBe(sha256(first));
  });
});
