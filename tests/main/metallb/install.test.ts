import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { annotationsOf, ObjectApi } from '../../../main/cluster/object-api.ts';
import { record } from '../../../main/cluster/raw.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { AppError } from '../../../main/errors.ts';
import { addressesOf } from '../../../main/metallb/install/answer.ts';
import type { HelmRunner } from '../../../main/metallb/install/helm.ts';
import { Installer } from '../../../main/metallb/install/installer.ts';
import { runFor, unfinishedRun } from '../../../main/metallb/install/namespace.ts';
import type { Dial } from '../../../main/probe/reach.ts';
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
  readonly helm?: HelmRunner;
  readonly dial?: Dial;
  readonly explain?: () => Promise<readonly string[]>;
  /** Hears every message. */
  readonly said?: string[];
}

const noHelm: HelmRunner = async () => ({ code: 127, last: 'There is no helm here.' });

/** `onStep` hears of every step that is done. */
async function installer(wish: Wish = {}, onStep = (_: InstallStep) => {}) {
  const { addresses = ADDRESSES, pin = '', isPackaged = true, helm = noHelm, said = [] } = wish;
  const { dial = demo.dial, explain = async () => ['Nobody knows why.'] } = wish;
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
    helm,
    traefik: { namespace: 'kube-system', name: 'traefik', isPackaged },
    ...{ hostname: 'turing-cluster.local', dial, explain },
  };
  const told = new Set<string>();
  const made: Installer = new Installer(world, () => {
    for (const step of made.steps) {
      said.push(step.message);
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

describe('what somebody else changes meanwhile', () => {
  const CONFIG = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmchartconfigs/traefik';
  const SERVICE = '/api/v1/namespaces/kube-system/services/traefik';
  const values = async () => record((await api.get(CONFIG))?.spec).valuesContent;
  const edit = async () => {
    const valuesContent = `${await values()}# mine\nlogs:\n  access:\n    enabled: yes\n`;
    await api.merge(CONFIG, { spec: { valuesContent } });
  };
  const MINE = '# mine\nlogs:\n  access:\n    enabled: yes\n';

  test('stays in Traefik’s settings when MetalLB is removed, though the settings were made with it', async () => {
    await (await installer({ pin: '10.0.0.75' })).install();
    await edit();
    expect(await (await installer()).remove()).toEqual({ state: 'done' });
    expect(await values()).toBe(MINE);
    expect(await (await installer()).remove()).toEqual({ state: 'done' });
    expect(await values()).toBe(MINE);
  });

  test.each([
    ['made', undefined],
    ['changed', 'ports: {}\n'],
  ])('stays in Traefik’s settings, %s by an installation that is taken back', async (_, before) => {
    if (before !== undefined) {
      const metadata = { name: 'traefik', namespace: 'kube-system' };
      const config = { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChartConfig', metadata };
      await api.create(CONFIG.replace('/traefik', ''), { ...config, spec: { valuesContent: before } });
    }
    const first: Installer = await installer({ pin: '10.0.0.75' }, ({ id }) => id === 'pin' && first.cancel());
    await first.install();
    await edit();
    expect(await (await installer()).rollBack()).toEqual({ state: 'done' });
    expect(await values()).toBe(`${before ?? ''}${MINE}`);
  });

  test('stays in Traefik’s settings, however long they are', async () => {
    const long = `# mine\nlong: ${'x'.repeat(20_000)}\n`;
    const metadata = { name: 'traefik', namespace: 'kube-system' };
    const config = { apiVersion: 'helm.cattle.io/v1', kind: 'HelmChartConfig', metadata };
    await api.create(CONFIG.replace('/traefik', ''), { ...config, spec: { valuesContent: long } });
    const first: Installer = await installer({ pin: '10.0.0.75' }, ({ id }) => id === 'pin' && first.cancel());
    await first.install();
    expect(await values()).toContain(long);
    expect(await (await installer()).rollBack()).toEqual({ state: 'done' });
    expect(await values()).toBe(long);
    await (await installer({ pin: '10.0.0.75' })).install();
    expect(JSON.stringify(await api.get(CONFIG))).not.toContain('cluster-hosts/before');
    await (await installer()).remove();
    expect(await values()).toBe(long);
  });

  test('stays on the Service: an address that it asks for since', async () => {
    await (await installer({ pin: '10.0.0.75', isPackaged: false })).install();
    await api.merge(SERVICE, { metadata: { annotations: { 'metallb.io/loadBalancerIPs': '10.0.0.77' } } });
    expect(await (await installer({ isPackaged: false })).remove()).toEqual({ state: 'done' });
    const annotations = annotationsOf(await api.get(SERVICE));
    expect(annotations['metallb.io/loadBalancerIPs']).toBe('10.0.0.77');
    expect(Object.keys(annotations).join()).not.toContain('cluster-hosts');
  });
});

describe('an installation in trouble', () => {
  test('gives up where helm fails again and again, with helm’s own words', async () => {
    demo.troubles.chartFails('Error: no such host');
    const ending = await (await installer()).install();
    expect(ending).toMatchObject({ state: 'failed', message: expect.stringContaining('Error: no such host') });
  });

  test('begun anew, it does not hold against helm what it failed by before', async () => {
    demo.troubles.chartFails('Error: no such host');
    expect(await (await installer()).install()).toMatchObject({ state: 'failed' });
    const made: Installer = await installer();
    const running = made.install();
    await expect.poll(() => made.steps[0]?.message, { interval: 1 }).toContain('tried again');
    demo.troubles.chartFails(undefined);
    expect(await running).toEqual({ state: 'done' });
  });

  test('two that begin at once: one goes on, the other is told', async () => {
    const both = await Promise.all([installer(), installer()]);
    const endings = await Promise.all(both.map(each => each.install()));
    const message = expect.stringContaining('Another installation of MetalLB has begun in this cluster meanwhile');
    expect(endings).toContainEqual({ state: 'done' });
    expect(endings).toContainEqual(expect.objectContaining({ state: 'failed', message }));
  });

  test('waits until K3s has removed an earlier one', async () => {
    await (await installer()).install();
    const path = '/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts/metallb';
    const said: string[] = [];
    const made = await installer({ said });
    await api.remove(path);
    expect(await made.install()).toEqual({ state: 'done' });
    expect(said).toContain('K3s still removes an earlier one.');
  });

  test('does not begin in a namespace that is being removed', async () => {
    const metadata = { name: 'metallb-system', finalizers: ['example.com/slow'] };
    await api.create('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata });
    await api.remove('/api/v1/namespaces/metallb-system');
    const ending = await (await installer()).install();
    expect(ending).toMatchObject({ state: 'failed', message: expect.stringContaining('still being removed') });
    expect(await api.get('/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts/metallb')).toBeUndefined();
  });

  test.each([
    ['a right that is missing', 'User "reader" cannot patch resource "ipaddresspools"', 'The cluster refuses it: User'],
    ['somebody else’s policy', 'admission webhook "validate.kyverno.svc" denied the request: no', 'kyverno'],
  ])('does not take %s for MetalLB’s answer', async (_, said, told) => {
    const fault = { kind: 'answer', code: 403, message: said } as const;
    demo.faults.add({ resource: 'ipaddresspools', verb: 'patch', fault });
    const ending = await (await installer()).install();
    expect(ending).toMatchObject({ state: 'failed', message: expect.stringContaining(told) });
    expect(JSON.stringify(ending)).not.toContain('does not take these addresses');
  });

  test('ends well where the API server is away at the very end', async () => {
    const away = { kind: 'answer', code: 503 } as const;
    const made: Installer = await installer({}, ({ id }) => {
      if (id === 'answer') demo.faults.add({ resource: 'any', verb: 'any', fault: away, times: 3 });
    });
    expect(await made.install()).toEqual({ state: 'done' });
    expect(made.address).toBe('10.0.0.70');
    expect(await unfinishedRun(api)).toBeUndefined();
  });

  test('waits for an answer also where nobody can tell why there is none yet', async () => {
    let tries = 0;
    const dial: Dial = (address, port) => (++tries > 4 ? demo.dial(address, port) : { host: '127.0.0.1', port: 1 });
    const explain = () => Promise.reject(new AppError('unreachable', 'The cluster is away.', 'Try again.'));
    expect(await (await installer({ dial, explain })).install()).toEqual({ state: 'done' });
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

  test.each([
    ['Deployment', 'apps/v1', '/apis/apps/v1/namespaces/metallb-system/deployments'],
    ['Secret', 'v1', '/api/v1/namespaces/metallb-system/secrets'],
    ['ConfigMap', 'v1', '/api/v1/namespaces/metallb-system/configmaps'],
  ])('keeps the namespace where somebody’s %s is in it', async (kind, apiVersion, path) => {
    await (await installer()).install();
    await api.create(path, {
      apiVersion,
      kind,
      metadata: { name: 'guest' },
      ...(kind === 'Deployment' && { spec: {} }),
    });
    const made = await installer();
    expect(await made.remove()).toEqual({ state: 'done' });
    expect(made.steps.at(-1)?.message).toContain('guest');
    expect(await api.get(`${path}/guest`)).toBeDefined();
  });

  test('keeps the namespace where nobody can tell what is in it', async () => {
    await (await installer()).install();
    demo.faults.add({ resource: 'statefulsets', verb: 'list', fault: { kind: 'answer', code: 403 } });
    expect(await (await installer()).remove()).toEqual({ state: 'done' });
    expect(await api.get('/api/v1/namespaces/metallb-system')).toBeDefined();
  });

  test.each([
    ['of this run alone goes', ['now', 'now'], ['uninstall']],
    ['that was there before stays, though this run changed it', ['before', 'now'], []],
  ])('taken back, a release of helm %s', async (_, runs, asked) => {
    const namespace = { apiVersion: 'v1', kind: 'Namespace' };
    const annotations = { 'cluster-hosts/installing': 'now' };
    await api.create('/api/v1/namespaces', { ...namespace, metadata: { name: 'metallb-system', annotations } });
    const path = '/api/v1/namespaces/metallb-system/secrets';
    for (const [index, run] of runs.entries()) {
      const labels = { 'app.kubernetes.io/managed-by': 'cluster-hosts', 'cluster-hosts/run': run };
      const release = { owner: 'helm', name: 'metallb', status: 'failed', version: String(index + 1) };
      const name = `sh.helm.release.v1.metallb.v${index + 1}`;
      await api.create(path, {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name, labels: { ...labels, ...release } },
      });
    }
    const did: (string | undefined)[] = [];
    const helm: HelmRunner = async ([command]) => {
      did.push(command);
      for (const index of runs.keys()) await api.remove(`${path}/sh.helm.release.v1.metallb.v${index + 1}`);
      return { code: 0, last: '' };
    };
    expect(await (await installer({ helm })).rollBack()).toEqual({ state: 'done' });
    expect(did).toEqual(asked);
  });

  test('taken back, an installation is over though the namespace stays', async () => {
    const first: Installer = await installer({}, ({ id }) => id === 'pool' && first.cancel());
    await first.install();
    const guest = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'guest' }, spec: {} };
    await api.create('/apis/apps/v1/namespaces/metallb-system/deployments', guest);
    expect(await (await installer()).rollBack()).toEqual({ state: 'done' });
    expect(await unfinishedRun(api)).toBeUndefined();
  });
});
