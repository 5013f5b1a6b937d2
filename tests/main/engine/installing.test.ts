import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { ObjectApi } from '../../../main/cluster/object-api.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { Connector } from '../../../main/engine/connector.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { Installing } from '../../../main/engine/installing.ts';
import { openSettings } from '../../../main/engine/settings-store.ts';
import { openHostsFile } from '../../../main/hosts/elevation/open-hosts-file.ts';
import { addressesOf } from '../../../main/metallb/install/answer.ts';
import type { Network } from '../../../main/probe/network.ts';
import { HOME, quietNetwork } from '../../../main/probe/quiet-network.ts';
import { SettingsFile } from '../../../main/settings/settings-file.ts';
import type { InstallerView } from '../../../preload/installer.ts';
import { connectTo } from '../../demo-connection.ts';
import { waitFor } from '../../wait-for.ts';
import { hastyClock } from '../metallb/hasty-clock.ts';

const WISH = { addresses: '10.0.0.70-10.0.0.80', pin: '' };
const NAMESPACE = '/api/v1/namespaces/metallb-system';

/** The part of the app that installs, from its start to its end. */
interface App {
  readonly engine: Engine;
  readonly installing: Installing;
  readonly quit: () => Promise<void>;
}

let folder: string;
let demo: Demo;
let connection: Connection;
let api: ObjectApi;
let app: App;
let network: Network;

const kubeconfig = () => join(folder, 'kubeconfig');
const view = () => app.installing.view;
const phase = (...wanted: InstallerView['phase'][]) =>
  waitFor(wanted.join(' or '), () => wanted.includes(view().phase));
const traefiksAddress = async () => addressesOf(await api.get('/api/v1/namespaces/kube-system/services/traefik'))[0];
const noted = () => app.engine.activity.map(({ text }) => text).join(' ');

async function start(): Promise<App> {
  const ending = new AbortController();
  const { signal } = ending;
  const env = { XDG_STATE_HOME: folder, KUBECONFIG: kubeconfig() };
  const file = new SettingsFile(join(folder, 'settings.json'));
  const settings = await openSettings(
    file,
    () => {},
    () => {},
  );
  const openFile = () => ({ file: openHostsFile({ path: join(folder, 'hosts'), env, interrupted: signal }) });
  const loginEnv = () => Promise.resolve(env);
  const connector = new Connector({ env, home: folder, loginEnv, openFile, signal, dial: demo.dial });
  const engine = new Engine({ settings, connector, env, demo: { scenario: 'empty', paceMs: 200 } });
  const files = () => [kubeconfig()];
  const installing = new Installing({
    engine,
    env,
    files,
    network: () => network,
    signal,
    clock: hastyClock,
  });
  await engine.reconnect();
  await waitFor('MetalLB is looked at', () => engine.watch?.facts.metallb !== undefined);
  const quit = async () => {
    await engine.stop();
    ending.abort();
    await connector.stop();
  };
  return { engine, installing, quit };
}

/** Begins an installation that cannot come further than its pods. */
async function stuck(): Promise<void> {
  demo.troubles.imagesCannotBePulled('metallb-controller');
  await app.installing.install(WISH);
  await waitFor('it waits for the pods', () => isStep('pods', 'running'));
}

function isStep(id: string, state: string): boolean {
  return view().steps.some(step => step.id === id && step.state === state);
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'installing-'));
  demo = await startDemo({ scenario: 'empty', paceMs: 2 });
  connection = connectTo(demo);
  api = new ObjectApi(connection, new AbortController().signal);
  network = quietNetwork(HOME);
  writeFileSync(join(folder, 'hosts'), '127.0.0.1\tlocalhost\n');
  writeFileSync(kubeconfig(), demo.kubeconfig);
  app = await start();
});

afterEach(async () => {
  await app.quit();
  connection.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('before anything is changed', () => {
  test('all is looked at, addresses are suggested, and the plan is told', async () => {
    await app.installing.runChecks(false);
    expect(view().checking).toBe(false);
    expect(view().checks.filter(({ state }) => state !== 'ready')).toEqual([]);
    expect((await app.installing.advise(null)).text).toBe(view().suggestion?.text);
    const plan = await app.installing.plan(WISH);
    expect(plan.objects.map(({ kind }) => kind)).toEqual([
      'Namespace',
      'HelmChart',
      'IPAddressPool',
      'L2Advertisement',
    ]);
    expect(await api.get(NAMESPACE)).toBeUndefined();
  });

  test('sees by itself that ServiceLB was switched off, which nobody tells it', async () => {
    demo.troubles.serviceLb(true);
    await app.installing.runChecks(false);
    demo.troubles.serviceLb(false);
    await waitFor('the row is ready', () =>
      view().checks.some(({ id, state }) => id === 'servicelb' && state === 'ready'),
    );
  });

  test('does not begin where somebody else has installed MetalLB since it was checked', async () => {
    demo.troubles.foreignMetallb('manifests');
    await expect(app.installing.install(WISH)).rejects.toThrow('not installed by Cluster Hosts');
    expect(view().phase).toBe('idle');
  });

  test('of rows that are known, those that stood in the way are looked at again', async () => {
    demo.troubles.serviceLb(true);
    await app.installing.runChecks(false);
    expect(view().checks.find(({ id }) => id === 'servicelb')?.state).toBe('blocked');
    demo.troubles.serviceLb(false);
    demo.troubles.foreignMetallb('manifests');
    await app.installing.runChecks(true);
    const state = (wanted: string) => view().checks.find(({ id }) => id === wanted)?.state;
    expect([state('servicelb'), state('metallb')]).toEqual(['ready', 'ready']);
  });

  test('opened again, everything is looked at again', async () => {
    await app.installing.runChecks(false);
    demo.troubles.serviceLb(true);
    await app.installing.runChecks(false);
    expect(view().checks.find(({ id }) => id === 'servicelb')?.state).toBe('blocked');
  });

  test('does not begin where ServiceLB has been switched on since it was checked', async () => {
    demo.troubles.serviceLb(true);
    await expect(app.installing.install(WISH)).rejects.toThrow('ServiceLB');
    expect(await api.get(NAMESPACE)).toBeUndefined();
  });

  test('what is heard of one cluster is not shown of another', async () => {
    const other = await startDemo({ scenario: 'empty', paceMs: 2 });
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<Awaited<ReturnType<Network['occupied']>>>();
    const occupied = () => {
      asked.resolve();
      return answer.promise;
    };
    network = { ...network, occupied };
    const late = app.installing.advise(null);
    await asked.promise;
    writeFileSync(kubeconfig(), other.kubeconfig);
    await waitFor('it is another', () => app.engine.chosen?.target?.cluster.server === other.url);
    await app.installing.plan(WISH);
    answer.resolve(new Map());
    expect((await late).text).not.toBe('');
    expect(view().suggestion).toBeUndefined();
    await app.engine.stop();
    await other.stop();
  });

  test('a cluster that refuses is put into words', async () => {
    demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'answer', code: 500, message: 'no disk' } });
    await expect(app.installing.plan(WISH)).rejects.toMatchObject({ code: 'server', message: /500.*no disk/ });
    await expect(app.installing.install(WISH)).rejects.toMatchObject({ code: 'server' });
    expect(view().phase).toBe('idle');
  });
});

describe('an installation', () => {
  test('ends with an address that answers, and is put away when it was seen', async () => {
    await app.installing.install(WISH);
    expect(view()).toMatchObject({ phase: 'installing', wish: WISH });
    await phase('installed');
    expect(view()).toMatchObject({ address: '10.0.0.70', isUnfinished: false });
    expect(noted()).toContain('MetalLB was installed.');
    await waitFor('it is seen', () => app.engine.watch?.facts.metallb?.ours === true);
    app.installing.reset();
    await app.engine.watch?.look();
    expect(view()).toMatchObject({ phase: 'idle', steps: [], isUnfinished: false });
  });

  test('that is cancelled keeps its wish, and goes on with it', async () => {
    await stuck();
    app.installing.cancel();
    expect(view().phase).toBe('cancelling');
    await phase('stopped');
    expect(view().wish).toEqual(WISH);
    expect(await traefiksAddress()).toBeUndefined();
    demo.troubles.imagesCannotBePulled();
    await app.installing.install(view().wish ?? { addresses: '', pin: '' });
    await phase('installed');
    expect(view().address).toBe('10.0.0.70');
  });

  test('that is cancelled and rolled back leaves nothing', async () => {
    await stuck();
    app.installing.cancel();
    await phase('stopped');
    await app.installing.rollBack();
    expect(view().phase).toBe('rolling-back');
    await phase('rolled-back');
    expect(await api.get(NAMESPACE)).toBeUndefined();
    expect(await api.get('/apis/helm.cattle.io/v1/namespaces/kube-system/helmcharts/metallb')).toBeUndefined();
  });

  test('that fails says by which step, and is retried', async () => {
    const no = { kind: 'answer', code: 403, message: 'not you' } as const;
    demo.faults.add({ resource: 'ipaddresspools', verb: 'patch', fault: no, times: 1 });
    await app.installing.install(WISH);
    await phase('failed');
    expect(view().steps.find(({ state }) => state === 'failed')?.message).toContain('not you');
    expect(noted()).toContain('not you');
    await app.installing.install(view().wish ?? { addresses: '', pin: '' });
    await phase('installed');
  });

  test('of which only the address does not answer is kept as it is, and then is over', async () => {
    demo.troubles.notReady('traefik');
    await app.installing.install(WISH);
    expect(view().canBeKept).toBe(false);
    await expect(app.installing.keep()).rejects.toMatchObject({ code: 'metallb' });
    await phase('failed');
    expect(view().steps.find(({ state }) => state === 'failed')?.id).toBe('answer');
    expect(view().canBeKept).toBe(true);
    await app.installing.keep();
    expect(view()).toMatchObject({ phase: 'idle', isUnfinished: false });
    expect(await traefiksAddress()).toBe('10.0.0.70');
    expect(noted()).toContain('The installation of MetalLB was kept as it is.');
  });

  test('that came less far is not', async () => {
    await stuck();
    app.installing.cancel();
    await phase('stopped');
    expect(view().canBeKept).toBe(false);
    await expect(app.installing.keep()).rejects.toMatchObject({ code: 'metallb' });
    await waitFor('it is seen', () => app.engine.watch?.facts.isUnfinished === true);
  });

  test('is one at a time', async () => {
    const both = await Promise.allSettled([app.installing.install(WISH), app.installing.install(WISH)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await expect(app.installing.remove()).rejects.toMatchObject({ code: 'metallb' });
    app.installing.reset();
    expect(view().phase).not.toBe('idle');
    await phase('installed');
  });

  test('goes on while another cluster is looked at, which it is not told of once it has ended', async () => {
    const other = await startDemo({ scenario: 'empty', paceMs: 2 });
    await stuck();
    writeFileSync(kubeconfig(), other.kubeconfig);
    await waitFor('it is another', () => app.engine.chosen?.target?.cluster.server === other.url);
    await app.installing.advise(null);
    expect(view().phase).toBe('installing');
    await expect(app.installing.install(WISH)).rejects.toMatchObject({ code: 'metallb' });
    demo.troubles.imagesCannotBePulled();
    await phase('idle');
    expect(await traefiksAddress()).toBe('10.0.0.70');
    expect(noted()).toContain('MetalLB was installed.');
    await app.installing.runChecks(false);
    expect(view().checks.find(({ id }) => id === 'metallb')?.detail).toBe('None is there yet.');
    await app.engine.stop();
    await other.stop();
  });
});

test('an installation in the demo ends when the demo is left, and is not in the way of another', async () => {
  await app.engine.startDemo();
  await waitFor('MetalLB is looked at', () => app.engine.watch?.facts.metallb !== undefined);
  await app.installing.install(WISH);
  app.installing.abandon();
  await app.engine.leaveDemo();
  await phase('idle');
  await app.installing.install(WISH);
  await phase('installed');
  expect(await traefiksAddress()).toBe('10.0.0.70');
});

describe('an installation that was cut off by the end of the app', () => {
  beforeEach(async () => {
    await stuck();
    await app.quit();
    demo.troubles.imagesCannotBePulled();
    app = await start();
    await waitFor('it is pointed out', () => view().isUnfinished);
  });

  test('goes on with the next', async () => {
    expect(view()).toMatchObject({ phase: 'idle', steps: [] });
    await app.installing.install(WISH);
    expect(view().isUnfinished).toBe(false);
    await phase('installed');
    await waitFor('it is seen', () => app.engine.watch?.facts.isUnfinished === false);
    app.installing.reset();
    expect(view().isUnfinished).toBe(false);
  });

  test('is rolled back by the next', async () => {
    await app.installing.rollBack();
    await phase('rolled-back');
    expect(await api.get(NAMESPACE)).toBeUndefined();
    await waitFor('it is seen', () => app.engine.watch?.facts.isUnfinished === false);
    app.installing.reset();
    expect(view().isUnfinished).toBe(false);
  });
});

describe('a removal', () => {
  test('takes the address back, and says what else there is to do', async () => {
    await app.installing.install(WISH);
    await phase('installed');
    await app.installing.remove();
    expect(view()).toMatchObject({ phase: 'removing', isRemoval: true });
    await phase('removed');
    expect(await traefiksAddress()).toBeUndefined();
    expect(view().remarks.join()).toContain('ServiceLB of K3s is off');
    expect(noted()).toContain('MetalLB was removed.');
  });

  test('does not begin where it is somebody else’s', async () => {
    demo.troubles.foreignMetallb('manifests');
    await expect(app.installing.remove()).rejects.toMatchObject({ message: expect.stringContaining('not installed') });
    expect(view().phase).toBe('idle');
  });
});
