import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { InstallStep } from '../../preload/installer.ts';
import { type Bed, startBed } from './bed.ts';
import { everything, expectBack, settled } from './client/everything.ts';
import { describeCluster } from './describe-cluster.ts';
import { addressOf, TRAEFIK_ADDRESS } from './node/metallb.ts';
import { waitFor } from './node/program.ts';
import { namesIn } from './spec/hosts-view.ts';
import {
  ENGINES,
  expectCode,
  install,
  installArgs,
  leavePending,
  signalWhen,
  TITLES,
  uninstall,
} from './spec/metallb.ts';
import { CLUSTER, product } from './spec/product.ts';

const OWN_NAME = `${CLUSTER}.local`;

/** Seconds from the yes to the answer, as a whole and by step. */
function timesOf(answer: string): string {
  const { steps } = JSON.parse(answer.split('\n')[0] ?? '') as { steps: Required<InstallStep>[] };
  const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
  const whole = (steps.at(-1)?.endedAt ?? 0) - (steps[0]?.startedAt ?? 0);
  const each = steps.map(({ id, startedAt, endedAt }) => `${id} ${seconds(endedAt - startedAt)}`);
  return `${seconds(whole)} from the yes to the answer (${each.join(', ')})`;
}

describeCluster('metallb install and uninstall on a real cluster', () => {
  let bed: Bed;
  let hosts: Buffer;
  let before: ReadonlyMap<string, unknown>;

  beforeAll(async () => {
    bed = await startBed();
    hosts = bed.laptop.hosts();
    before = await settled(bed.api);
  });
  afterAll(() => bed?.stop());
  afterEach(async () => {
    expectCode(await uninstall(bed));
    await bed.laptop.writeHosts(hosts.toString());
  });

  /** The address answers on the laptop by its name, and everything that there should be is there once. */
  async function expectInstalled(): Promise<void> {
    expect(namesIn(bed.laptop.hosts()).get(OWN_NAME)).toBe(TRAEFIK_ADDRESS);
    const answer = await bed.laptop.run(['curl', '-sk', '--max-time', '10', `https://${OWN_NAME}`]);
    expect(answer.stdout).toBe('404 page not found\n');
    const kinds = [...(await everything(bed.api)).keys()].filter(name => name.startsWith('metallb.io/v1beta1'));
    const made = kinds.filter(name => / (IPAddressPool|L2Advertisement) /.test(name)).map(name => name.split(' ')[2]);
    expect(made.sort()).toEqual(['metallb-system/default', 'metallb-system/default-pool']);
  }

  async function expectAsBefore(): Promise<void> {
    expect(await addressOf(bed.api)).toBeUndefined();
    await expectBack(bed.api, before);
  }

  test.for(ENGINES)(
    '%s: from nothing to an address that answers and names that are written, and back',
    async (engine, { annotate }) => {
      const made = await install(bed, engine, '--json');
      expectCode(made);
      await annotate(`${engine}: ${timesOf(made.stdout)}`);
      await expectInstalled();
      const again = await install(bed, engine, '--json');
      expectCode(again);
      const [, sync] = again.stdout
        .trim()
        .split('\n')
        .map(line => JSON.parse(line));
      expect(sync.outcome).toBe('no-change');
      await expectInstalled();
      expectCode(await uninstall(bed));
      await expectAsBefore();
    },
  );

  test.for(ENGINES.flatMap(engine => TITLES.map(title => [engine, title] as const)))(
    '%s: killed after "%s" and run again, it ends the same',
    async ([engine, title]) => {
      await signalWhen(bed.laptop, installArgs(bed, engine), `✓ ${title}`, 'SIGKILL');
      expectCode(await install(bed, engine));
      await expectInstalled();
    },
  );

  test('helm: a release that a killed helm left pending is gone on from', async () => {
    expectCode(await install(bed, 'helm'));
    await leavePending(bed.api);
    const again = await install(bed, 'helm');
    expectCode(again);
    expect(again.stderr).toContain('Taking over what an earlier helm left unfinished.');
    await expectInstalled();
  });

  test.for(ENGINES.flatMap(engine => TITLES.map(title => [engine, title] as const)))(
    '%s: cancelled after "%s" and rolled back, the cluster holds what it held',
    async ([engine, title]) => {
      // So that the last step waits: nobody answers.
      await bed.stopProgram('metallb-speaker');
      await signalWhen(bed.laptop, installArgs(bed, engine), `✓ ${title}`, 'SIGINT');
      await bed.startProgram('metallb-speaker');
      expectCode(await product(bed.laptop, 'metallb', 'install', '--roll-back', '--yes'));
      await expectAsBefore();
    },
  );

  test('a change of addresses that is cancelled is taken back, and nothing else', async () => {
    expectCode(await install(bed, 'helmchart'));
    const installed = await settled(bed.api);
    const change = ['--addresses', '10.0.0.90-10.0.0.95', '--pin', '10.0.0.95', '--repo', bed.chartRepository];
    const args = ['metallb', 'install', ...change, '--yes', '--cluster', CLUSTER];
    await signalWhen(bed.laptop, args, '✓ Traefik’s own address', 'SIGINT');
    expectCode(await product(bed.laptop, 'metallb', 'install', '--roll-back', '--yes'));
    await waitFor('Traefik has its address again', async () => (await addressOf(bed.api)) === TRAEFIK_ADDRESS);
    await expectBack(bed.api, installed);
  });
});
