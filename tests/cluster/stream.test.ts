import { randomInt } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bed, startBed } from './bed.ts';
import { Changes, randomFrom } from './client/changes.ts';
import { KubectlWatch } from './client/kubectl-watch.ts';
import { ingress } from './client/objects.ts';
import { describeCluster } from './describe-cluster.ts';
import { waitFor } from './node/program.ts';
import { expectedNames } from './spec/expected-names.ts';
import { namesIn, sha256, tornness } from './spec/hosts-view.ts';
import { CLUSTER, product, Watching } from './spec/product.ts';
import { tidy } from './spec/tidy.ts';
import { touched } from './spec/timing.ts';
import { clean, whileWatching } from './spec/watching.ts';

const KILLS = 50;

/** So many names stay all the time that those removed are never the greater part: a watch would hold them back. */
const STANDING = Array.from({ length: 300 }, (_, i) => ingress(`standing-${i}`, `s${i}.${CLUSTER}.local`));

describeCluster('sync --watch --yes while a real cluster changes all the time', () => {
  let bed: Bed;
  let first: Buffer;

  beforeAll(async () => {
    bed = await startBed({ metallb: true });
    first = bed.laptop.hosts();
  });
  beforeEach(() => bed.api.each('create', STANDING));
  afterEach(() => tidy(bed, first));
  afterAll(() => bed?.stop());

  test('the file names what kubectl get --watch shows', async ({ annotate }) => {
    const seed = randomInt(2 ** 31);
    const kubectl = new KubectlWatch(bed, ['services', 'ingresses', 'ingressroutes']);
    const written = (): string[] => {
      const before = namesIn(first);
      return [...namesIn(bed.laptop.hosts()).keys()].filter(name => !before.has(name)).sort();
    };
    const agree = (): void => expect(written()).toEqual(expectedNames(kubectl.view()));
    await whileWatching(bed.laptop, async () => {
      const changes = new Changes(bed.api, seed, 25);
      await delay(8_000);
      await changes.stop();
      const start = performance.now();
      await waitFor(`both agree (seed ${seed})`, () => agree() ?? true);
      const settled = Math.round(performance.now() - start);
      const told = `${changes.made} changes, ${kubectl.events} events, ${written().length} names`;
      await annotate(`${told}; agreed ${settled} ms after the last change (seed ${seed})`);
      await delay(1_000);
      agree();
      expect(changes.made).toBeGreaterThan(50);
      await changes.clear();
      await waitFor('only what stays is left', () => written().length === STANDING.length + 2);
    });
    await kubectl.stop();
    await clean(bed.laptop);
    expect(bed.laptop.hosts()).toEqual(first);
  });

  test(`${KILLS} kills leave a whole file each, and clean restores every byte`, { timeout: 400_000 }, async context => {
    const seed = randomInt(2 ** 31);
    const random = randomFrom(seed);
    const changes = new Changes(bed.api, seed, 10);
    const etc = bed.laptop.outside('/etc');
    const listing = readdirSync(etc);
    const files = new Set<string>();
    let unfinished = 0;
    for (let kill = 1; kill <= KILLS; kill++) {
      const watching = new Watching(bed.laptop);
      await delay(2_500 * random());
      // Of a write that takes milliseconds, a random moment would hardly ever see the middle.
      if (kill % 2 === 0) await touched(etc, 3_000);
      await watching.kill();
      const file = bed.laptop.hosts();
      files.add(sha256(file));
      if (readdirSync(etc).length > listing.length) unfinished++;
      expect(tornness(file, first), `after kill ${kill} (seed ${seed}); it said: ${watching}`).toBeUndefined();
      if (kill % 10 === 0) {
        const { code, stderr } = await product(bed.laptop, 'diff', '--cluster', CLUSTER);
        expect([0, 2], stderr).toContain(code);
      }
    }
    await changes.stop();
    const told = `${changes.made} changes; ${files.size} different files, ${unfinished} unfinished writes`;
    await context.annotate(`${told} in ${KILLS} kills (seed ${seed})`);
    expect(files.size).toBeGreaterThan(5);
    expect(unfinished).toBeGreaterThan(0);
    await clean(bed.laptop);
    expect(sha256(bed.laptop.hosts())).toBe(sha256(first));
    expect(readdirSync(etc)).toEqual(listing);
  });
});
