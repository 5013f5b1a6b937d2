import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { annotationsOf, ObjectApi } from '../../../main/cluster/object-api.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { addressesOf } from '../../../main/metallb/install/answer.ts';
import { Installer } from '../../../main/metallb/install/installer.ts';
import { runFor, unfinishedRun } from '../../../main/metallb/install/namespace.ts';
import type { InstallStep } from '../../../preload/installer.ts';
import { connectTo } from '../../demo-connection.ts';
import { hastyClock } from './hasty-clock.ts';

const ADDRESSES = ['10.0.0.70-10.0.0.80'];

let demo: Demo;
let connection: Connection;
let api: ObjectApi;

beforeEach(async () => {
  demo = await startDemo({ scenario: 'empty', paceMs: 2 });
  connection = connectTo(demo);
  api = new ObjectApi(connection, new AbortController().signal);
});
afterEach(async () => {
  connection.close();
  await demo.stop();
});

interface Wish {
  readonly addresses?: readonly string[];
  readonly pin?: string;
  readonly isPackaged?: boolean;
}

/** `onStep` hears of every step that is done. */
async function installer(
  { addresses = ADDRESSES, pin = '', isPackaged = true }: Wish = {},
  onStep = (_: InstallStep) => {},
) {
  const chart = { from: 'repository', url: 'https://metallb.github.io/metallb' } as const;
  const world = {
    ...({
      api,
      clock: hastyClock,
      engine: 'helmchart',
      chart,
      run: await runFor(api),
      wish: { addresses, pin },
    } as const),
    helm: async () => ({ code: 127, last: 'There is no helm here.' }),
    traefik: { namespace: 'kube-system', name: 'traefik', isPackaged },
    ...{ hostname: 'turing-cluster.local', dial: demo.dial, explain: async () => ['Nobody knows why.'] },
  };
  const told = new Set<string>();
  const made: Installer = new Installer(world, () => {
    for (const step of made.steps) {
      if (step.endedAt === undefined || told.has(step.id)) continue;
      told.add(step.id);
      onStep(step);
    }
  });
  return made;
}

/** What is in the cluster, but for what tells of the past. */
function contents(): ReadonlyMap<string, unknown> {
  const kinds = demo.cluster.resources().filter(({ plural }) => plural !== 'events');
  const objects = kinds.flatMap(({ plural, group }) => demo.cluster.list(group === '' ? plural : `${plural}.${group}`));
  return new Map(
    objects.map(({ kind, metadata, ...rest }) => {
      const { namespace = '', name, labels = {}, annotations = {} } = metadata;
      return [`${kind} ${namespace}/${name}`, { ...rest, labels, annotations }];
    }),
  );
}

const traefiksAddress = async (): Promise<string | undefined> =>
  addressesOf(await api.get('/api/v1/namespaces/kube-system/services/traefik'))[0];

const STEPS = ['chart', 'kinds', 'pods', 'webhook', 'pool', 'advertisement', 'pin', 'address'] as const;

describe('an installation', () => {
  test('ends with an address that answers, and leaves no mark of being under way', async () => {
    const made = await installer();
    expect(await made.install()).toEqual({ state: 'done' });
    expect(made.address).toBe('10.0.0.70');
    expect(made.steps.map(({ state }) => state)).toEqual(made.steps.map(() => 'done'));
    expect(made.steps.at(-1)?.message).toContain('Traefik’s 404');
    expect(made.log.join('\n')).toContain('IPAllocated: Assigned IP ["10.0.0.70"]');
    expect(await unfinishedRun(api)).toBeUndefined();
  });

  test('run again, it changes nothing', async () => {
    await (await installer()).install();
    const before = contents();
    expect(await (await installer()).install()).toEqual({ state: 'done' });
    expect(contents()).toEqual(before);
  });

  test.each(STEPS)('stopped after %s and begun anew, it ends the same', async step => {
    const first: Installer = await installer({}, ({ id }) => id === step && first.cancel());
    expect(await first.install()).toEqual({ state: 'stopped' });
    const second = await installer();
    expect(await second.install()).toEqual({ state: 'done' });
    expect(second.address).toBe('10.0.0.70');
  });

  test.each(STEPS)('stopped after %s and taken back by another process, the cluster is as it was', async step => {
    const before = contents();
    const first: Installer = await installer({}, ({ id }) => id === step && first.cancel());
    await first.install();
    expect(await (await installer()).rollBack()).toEqual({ state: 'done' });
    expect(contents()).toEqual(before);
  });

  test('taken back, a change leaves what an earlier installation made', async () => {
    await (await installer()).install();
    const before = contents();
    const change: Installer = await installer(
      { addresses: ['10.0.0.90-10.0.0.95'] },
      ({ id }) => id === 'pool' && change.cancel(),
    );
    expect(await change.install()).toEqual({ state: 'stopped' });
    expect(contents()).not.toEqual(before);
    expect(await (await installer()).rollBack()).toEqual({ state: 'done' });
    await expect.poll(traefiksAddress).toBe('10.0.0.70');
    expect(contents()).toEqual(before);
  });

  test.each([
    ['K3s’ own, by its HelmChartConfig', true],
    ['another, by an annotation', false],
  ])('gives Traefik (%s) its own address, and its removal takes that back', async (_, isPackaged) => {
    const made = await installer({ pin: '10.0.0.75', isPackaged });
    expect(await made.install()).toEqual({ state: 'done' });
    expect(made.address).toBe('10.0.0.75');
    expect(await (await installer({ isPackaged })).remove()).toEqual({ state: 'done' });
    expect([...contents().keys()]).not.toContain('HelmChartConfig kube-system/traefik');
    const service = await api.get('/api/v1/namespaces/kube-system/services/traefik');
    expect(Object.keys(annotationsOf(service)).filter(key => /metallb|cluster-hosts/.test(key))).toEqual([]);
  });

  test.each([[true], [false]])(
    'gives up Traefik’s own address where none is wished any more (packaged: %s)',
    async isPackaged => {
      await (await installer({ pin: '10.0.0.80', isPackaged })).install();
      const made = await installer({ addresses: ['10.0.0.70-10.0.0.75'], isPackaged });
      expect(await made.install()).toEqual({ state: 'done' });
      expect(made.address).toBe('10.0.0.70');
    },
  );

  test('keeps the settings of Traefik that somebody else made', async () => {
    const path = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmchartconfigs';
    const valuesContent = 'service:\n  annotations:\n    mine: "1"\nlogs:\n  general:\n    level: DEBUG\n';
    await api.create(path, {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChartConfig',
      metadata: { name: 'traefik' },
      spec: { valuesContent },
    });
    await (await installer({ pin: '10.0.0.75' })).install();
    const during = (await api.get(`${path}/traefik`))?.spec as { valuesContent: string };
    expect(during.valuesContent).toContain('mine');
    expect(during.valuesContent).toContain('DEBUG');
    expect(during.valuesContent).toContain('10.0.0.75');
    await (await installer()).remove();
    const after = (await api.get(`${path}/traefik`))?.spec as { valuesContent: string };
    expect(after.valuesContent).toContain('mine');
    expect(after.valuesContent).not.toContain('10.0.0.75');
  });
});

describe('an installation in trouble', () => {
  test('gives up where helm fails again and again, with helm’s own words', async () => {
    demo.troubles.chartFails('Error: no such host');
    const ending = await (await installer()).install();
    expect(ending).toMatchObject({ state: 'failed', message: expect.stringContaining('Error: no such host') });
  });

  test('says which image cannot be pulled, and can be stopped while it waits', async () => {
    demo.troubles.imagesCannotBePulled('metallb-controller');
    const made: Installer = await installer();
    const running = made.install();
    await expect.poll(() => made.steps.map(({ message }) => message).join()).toContain('image cannot be pulled');
    made.cancel();
    expect(await running).toEqual({ state: 'stopped' });
  });

  test('waits for a webhook for minutes, not for ever', async () => {
    demo.troubles.webhookNeverServes(true);
    expect(await (await installer()).install()).toMatchObject({
      ...{ state: 'failed', message: expect.stringContaining('webhook does not serve') },
    });
  });

  test('does not wait where the webhook says no', async () => {
    const made = await installer({ addresses: ['10.0.0.80-10.0.0.70'] });
    const ending = await made.install();
    expect(ending).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('does not take these addresses'),
    });
  });

  test('does not touch a pool of somebody else’s', async () => {
    const first: Installer = await installer({}, ({ id }) => id === 'webhook' && first.cancel());
    await first.install();
    const path = '/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools';
    const pool = { apiVersion: 'metallb.io/v1beta1', kind: 'IPAddressPool', metadata: { name: 'default-pool' } };
    await api.create(path, { ...pool, spec: { addresses: ['10.0.0.100-10.0.0.110'] } });
    const ending = await (await installer()).install();
    expect(ending).toMatchObject({ state: 'failed', message: expect.stringContaining('did not make') });
    expect((await api.get(`${path}/default-pool`))?.spec).toEqual({ addresses: ['10.0.0.100-10.0.0.110'] });
  });

  test('goes on where the API server was away for a while', async () => {
    const made: Installer = await installer({}, step => {
      if (step.id === 'kinds') void demo.server.stop().then(() => setTimeout(() => demo.server.start(), 30));
    });
    expect(await made.install()).toEqual({ state: 'done' });
  });

  test('asks again where the server is busy, as it is just after a kind has come', async () => {
    const busy = { kind: 'answer', code: 429, message: 'storage is (re)initializing', retryAfterSeconds: 0 } as const;
    demo.faults.add({ resource: 'ipaddresspools', verb: 'any', fault: busy, times: 3 });
    expect(await (await installer()).install()).toEqual({ state: 'done' });
  });

  test('does not go on without the right to write', async () => {
    demo.faults.add({ resource: 'helmcharts', verb: 'patch', fault: { kind: 'answer', code: 403 } });
    expect(await (await installer()).install()).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('refuses'),
    });
  });
});

describe('a removal', () => {
  test('takes the addresses back first, and leaves the cluster as it was', async () => {
    const before = contents();
    await (await installer()).install();
    const order: string[] = [];
    const made = await installer({}, ({ id }) => order.push(id));
    expect(await made.remove()).toEqual({ state: 'done' });
    expect(order).toEqual(['pin', 'advertisement', 'pool', 'statuses', 'release', 'namespace']);
    expect(await traefiksAddress()).toBeUndefined();
    expect(contents()).toEqual(before);
  });

  test('keeps the namespace where something else lives in it', async () => {
    await (await installer()).install();
    const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'guest' }, spec: {} };
    await api.create('/apis/apps/v1/namespaces/metallb-system/deployments', deployment);
    const made = await installer();
    expect(await made.remove()).toEqual({ state: 'done' });
    expect(made.steps.at(-1)?.message).toContain('guest');
  });
});
