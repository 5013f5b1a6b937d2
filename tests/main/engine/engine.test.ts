import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { appStateOf, nameSources, namesOf } from '../../../main/engine/app-state.ts';
import { Connecting } from '../../../main/engine/connecting.ts';
import { Connector } from '../../../main/engine/connector.ts';
import { demoOptions } from '../../../main/engine/demo-run.ts';
import { Engine } from '../../../main/engine/engine.ts';
import { fileOf, listBackupViews, removeAll, restoreBackup } from '../../../main/engine/file-requests.ts';
import { Installing } from '../../../main/engine/installing.ts';
import { openSettings } from '../../../main/engine/settings-store.ts';
import { openHostsFile } from '../../../main/hosts/elevation/open-hosts-file.ts';
import { HOME, quietNetwork } from '../../../main/probe/quiet-network.ts';
import { SettingsFile } from '../../../main/settings/settings-file.ts';
import { NameRows } from '../../../main/state/names.ts';
import { waitFor } from '../../wait-for.ts';

const FIRST = '127.0.0.1\tlocalhost\n10.0.0.1\trouter # mine\n';

let folder: string;
let demo: Demo;
let engine: Engine;
let connecting: Connecting;
let installing: Installing;
let ending: AbortController;
/** Why the hosts file cannot even be opened. */
let trouble: Error | undefined;
/** How often the login shell was asked. */
let shells = 0;
/** What happened, as it is logged. */
let told: string[] = [];

const path = () => join(folder, 'hosts');
const hosts = () => readFileSync(path(), 'latin1');
const system = { platform: 'linux', version: '1', tray: 'yes', online: true, loginAwaits: false } as const;
const state = () => appStateOf(engine, installing.view, system);
const until = (status: string) => waitFor(status, () => state().status === status);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
  demo = await startDemo();
  writeFileSync(path(), FIRST);
  ending = new AbortController();
  shells = 0;
  trouble = undefined;
  told = [];
  await begin();
});

/** As the program does when it starts. */
async function begin(): Promise<void> {
  const env = { XDG_STATE_HOME: folder, KUBECONFIG: join(folder, 'kubeconfig'), PATH: process.env.PATH };
  const settings = await openSettings(
    new SettingsFile(join(folder, 'settings.json')),
    () => {},
    () => {},
  );
  const openFile = () => {
    if (trouble !== undefined) throw trouble;
    return { file: openHostsFile({ path: path(), env, interrupted: ending.signal }) };
  };
  const loginEnv = () => {
    shells += 1;
    return Promise.resolve(env);
  };
  const connector = new Connector({ env, home: folder, loginEnv, openFile, signal: ending.signal });
  engine = new Engine({ settings, connector, env, tell: text => void told.push(text) });
  connecting = new Connecting(engine, connector, folder, ending.signal);
  const network = () => quietNetwork(HOME);
  installing = new Installing({ engine, env, files: () => [env.KUBECONFIG], network, signal: ending.signal });
}

afterEach(async () => {
  await engine.stop();
  ending.abort();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

const connect = async () => {
  writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig);
  await engine.reconnect();
  await until('pending');
};

describe('without a cluster', () => {
  test('a kubeconfig is asked for; a pasted one is kept and used', async () => {
    await engine.reconnect();
    expect(state().setup).toEqual({ need: 'kubeconfig' });
    await connecting.paste(demo.kubeconfig);
    await until('pending');
    expect(engine.settings.settings.kubeconfigs[0]).toBe(join(folder, '.kube', 'turing-cluster.yaml'));
    expect(readFileSync(join(folder, '.kube', 'turing-cluster.yaml'), 'utf8')).toBe(demo.kubeconfig);
  });

  test('what is pasted and is none is refused without being repeated', async () => {
    await engine.reconnect();
    await expect(connecting.paste('token: hunter2')).rejects.toMatchObject({
      message: expect.not.stringContaining('hunter2'),
    });
  });

  test('one that is damaged is told', async () => {
    writeFileSync(join(folder, 'kubeconfig'), 'a: [');
    await engine.reconnect();
    expect(state().setup).toMatchObject({
      need: 'kubeconfig',
      failure: { message: expect.stringContaining('kubeconfig') },
    });
  });

  test('K3s’ 127.0.0.1 with nobody there: the address is asked for', async () => {
    await demo.server.stop();
    writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig);
    await engine.reconnect();
    expect(state().setup).toMatchObject({ need: 'address', server: demo.url });
    await expect(connecting.setAddress('no address!')).rejects.toMatchObject({ code: 'kubeconfig' });
    await demo.server.start();
  });
});

describe('with a cluster', () => {
  test('syncs, and tells what it did', async () => {
    await connect();
    expect(shells).toBe(0);
    expect(namesOf(engine, new NameRows()).filter(row => row.state === 'add')).toHaveLength(10);
    expect(await engine.syncNow(false)).toMatchObject({ outcome: 'done' });
    await until('ok');
    expect(hosts()).toContain('10.0.0.70\tgrafana.turing-cluster.local\n');
    expect(engine.activity.map(({ text }) => text)).toContainEqual(expect.stringContaining('Added dash.'));
    expect(state().hosts).toMatchObject({ entries: 10, changed: false, writtenAt: expect.any(Number) });
  });

  test('silence, no network and no answer are told apart', async () => {
    await connect();
    await engine.syncNow(false);
    await until('ok');
    const offline = { ...system, online: false };
    expect(appStateOf(engine, installing.view, offline).status).toBe('ok');
    expect(appStateOf(engine, installing.view, system, Date.now() + 4 * 60_000).status).toBe('ok');
    expect(appStateOf(engine, installing.view, system, Date.now() + 6 * 60_000).status).toBe('stale');
    demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'answer', code: 503 } });
    demo.server.cutWatches();
    await until('unreachable');
    expect(appStateOf(engine, installing.view, offline).status).toBe('offline');
  });

  test('taking all out gives every byte back, and nothing is written until the user says so', async () => {
    await connect();
    await engine.settings.change({ automatic: true });
    await until('ok');
    expect(await removeAll(engine)).toMatchObject({ outcome: 'done' });
    expect(hosts()).toBe(FIRST);
    await until('paused');
    await engine.pause.end();
    await waitFor('it is written again', () => hosts() !== FIRST);
  });

  test('what was taken out stays out when the program starts again', async () => {
    await connect();
    await engine.settings.change({ automatic: true });
    await until('ok');
    await removeAll(engine);
    await engine.stop();
    expect(told).not.toContain('Syncing goes on.');
    await begin();
    await engine.reconnect();
    await waitFor('a pass', () => engine.watch?.pass?.state === 'ready');
    expect(state()).toMatchObject({ status: 'paused', pausedUntil: null });
    expect(hosts()).toBe(FIRST);
    await engine.pause.end();
    await waitFor('it is written again', () => hosts() !== FIRST);
    expect(engine.settings.settings.pausedUntil).toBe(0);
  });

  test('a pause ends by the clock, however long the computer slept', async () => {
    await connect();
    await engine.settings.change({ automatic: true });
    await until('ok');
    await engine.pause.begin(60);
    engine.pause.look();
    expect(engine.pause.on).toBe(true);
    engine.pause.look(Date.now() + 61 * 60_000);
    expect(engine.pause.on).toBe(false);
    await until('ok');
    await engine.settings.change({ pausedUntil: Date.now() - 1 });
    await engine.stop();
    await begin();
    expect(engine.pause.on).toBe(false);
  });

  test('what is done to the demo’s file holds nothing else back', async () => {
    await engine.startDemo();
    await until('pending');
    await engine.syncNow(false);
    expect(await removeAll(engine)).toMatchObject({ outcome: 'done' });
    expect(engine.pause.on).toBe(false);
  });

  test('a backup is listed with what it would change, and put back', async () => {
    await connect();
    await engine.syncNow(false);
    const [original] = listBackupViews(engine);
    expect(original).toMatchObject({ original: true });
    expect(original?.diff.every(({ kind }) => kind !== 'added')).toBe(true);
    expect(await restoreBackup(engine, original?.id ?? '')).toMatchObject({ outcome: 'done' });
    expect(hosts()).toBe(FIRST);
    await expect(restoreBackup(engine, 'ffffffffffff')).rejects.toMatchObject({ code: 'hosts-file' });
  });

  test('a backup is put back over what is no text', async () => {
    await connect();
    await engine.syncNow(false);
    writeFileSync(path(), `${FIRST}\0`);
    const [original] = listBackupViews(engine);
    expect(await restoreBackup(engine, original?.id ?? '')).toMatchObject({ outcome: 'done' });
    expect(hosts()).toBe(FIRST);
  });

  test('who asks for a name is told with their annotations', async () => {
    await connect();
    const [source, ...others] = nameSources(engine, 'pihole.home.lan');
    expect(others).toEqual([]);
    expect(source?.annotations).toContainEqual(expect.objectContaining({ value: 'pihole.home.lan' }));
    expect(nameSources(engine, 'nobody.home.lan')).toEqual([]);
  });

  test('other names are other rules, not another connection', async () => {
    await connect();
    const before = engine.watch;
    await engine.settings.change({ allowedDomains: ['home.lan'], excluded: ['grafana.turing-cluster.local'] });
    await waitFor('the rules are used', () => state().consents.length === 0);
    expect(engine.watch).toBe(before);
    expect(fileOf(engine).diff.map(({ text }) => text)).toContain('10.0.0.72\tpihole.home.lan');
    expect(
      fileOf(engine)
        .diff.map(({ text }) => text)
        .join(),
    ).not.toContain('grafana');
  });

  test('names of which each was left out are not told as none', async () => {
    await connect();
    expect(state().hosts.allLeftOut).toBeUndefined();
    const rows = namesOf(engine, new NameRows()).filter(row => row.state !== 'skipped');
    await engine.settings.change({ excluded: rows.map(row => row.hostname) });
    await waitFor('all are left out', () => state().hosts.allLeftOut === true);
    expect(state().status).toBe('ok');
  });

  test('a kubeconfig that says something else is followed', async () => {
    await connect();
    const other = await startDemo({ scenario: 'empty' });
    writeFileSync(join(folder, 'kubeconfig'), other.kubeconfig);
    await waitFor('it is connected anew', () => state().cluster?.server === other.url);
    await waitFor('it is read', () => state().traefik.state === 'no-address');
    await engine.stop();
    await other.stop();
  });

  test('the demo leaves this computer alone, and goes without a trace', async () => {
    await connect();
    await engine.startDemo();
    await waitFor('the demo is there', () => state().cluster?.demo === true && state().status === 'pending');
    await engine.syncNow(false);
    expect(hosts()).toBe(FIRST);
    const sandbox = state().hosts.path;
    await engine.leaveDemo();
    expect(() => readFileSync(sandbox)).toThrow('ENOENT');
    expect(state().cluster?.demo).toBe(false);
  });
});

test('what went wrong once is no obstacle to connecting again, nor to the end', async () => {
  writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig);
  trouble = new Error('too many open files');
  await expect(engine.reconnect()).rejects.toThrow(trouble);
  trouble = undefined;
  await engine.reconnect();
  await until('pending');
  trouble = new Error('too many open files');
  await engine.settings.change({ namespaces: ['default'] });
  await waitFor('it is told', () =>
    told.some(text => text.startsWith('No cluster could be chosen (Error: too many open files)')),
  );
  await engine.stop();
});

test('only a checkout takes the demo’s kind from its environment', () => {
  const env = { CLUSTER_HOSTS_DEMO: 'empty' };
  expect(demoOptions(env, false)).toMatchObject({ scenario: 'empty' });
  expect([demoOptions(env, true), demoOptions({}, false)]).toEqual([{}, {}]);
});

test('a program to log in is shown first, and only what was shown can be agreed to', async () => {
  const script = join(folder, 'log-in');
  const token = /token: (.*)/.exec(demo.kubeconfig)?.[1] ?? '';
  const credential = { apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token } };
  writeFileSync(script, `#!/bin/sh\necho '${JSON.stringify(credential)}'\n`, { mode: 0o755 });
  const exec = `exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: '${script}'}`;
  writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig.replace(/token: .*/, exec));
  await engine.reconnect();
  const { setup } = state();
  expect(setup).toMatchObject({ need: 'program', command: [script], path: script, declined: false });
  await expect(connecting.allow('0'.repeat(64))).rejects.toMatchObject({ code: 'kubeconfig' });
  const digest = setup?.need === 'program' ? setup.digest : '';
  await expect(connecting.decline('0'.repeat(64))).rejects.toMatchObject({ code: 'kubeconfig' });
  await connecting.decline(digest);
  expect(state().setup).toMatchObject({ digest, declined: true });
  await engine.reconnect();
  expect(state().setup).toMatchObject({ digest, declined: true });
  expect(engine.settings.settings.programs).toEqual([]);
  await connecting.allow(digest);
  await until('pending');
  expect(shells).toBeGreaterThan(0);
});
