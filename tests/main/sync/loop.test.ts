import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../../main/cluster/connection.ts';
import { ClusterSource } from '../../../main/cluster/source.ts';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import type { NameRules } from '../../../main/desired/rules.ts';
import { HostsFile } from '../../../main/hosts/hosts-file.ts';
import { watchHostsFile } from '../../../main/hosts/watch-file.ts';
import { writerPlaces } from '../../../main/paths.ts';
import { Answers } from '../../../main/sync/answers.ts';
import { SyncLoop } from '../../../main/sync/loop.ts';
import type { NoPass, Pass } from '../../../main/sync/reconcile.ts';
import { connectTo } from '../../demo-connection.ts';
import { waitFor } from '../../wait-for.ts';

const OLD = '127.0.0.1\tlocalhost\n10.9.9.9\tnas.home.lan\n';
const RULES: NameRules = {
  policy: { cluster: 'turing-cluster', suffix: 'local', allowedDomains: [], ownNames: [] },
  namespaces: [],
  manual: [],
  excluded: [],
  allowPublic: false,
};

let folder: string;
let path: string;
let demo: Demo;
let connection: Connection;
let source: ClusterSource;
let file: HostsFile;
let passes: (Pass | NoPass)[];
let outcomes: string[];
let loop: SyncLoop;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'loop-'));
  path = join(folder, 'hosts');
  writeFileSync(path, OLD);
  demo = await startDemo();
  connection = connectTo(demo);
  source = new ClusterSource({ connection, namespaces: [] });
  file = new HostsFile(path, writerPlaces(path, folder));
  passes = [];
  outcomes = [];
});

afterEach(async () => {
  await loop.stop();
  await source.stop();
  connection.close();
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function startLoop({ automatic = true, acceptRemovals = false } = {}): Promise<void> {
  const onPass = (pass: Pass | NoPass) => void passes.push(pass);
  const onWrite = ({ outcome }: { outcome: string }) => void outcomes.push(outcome);
  const ends = { source, rules: RULES, file, answers: new Answers(demo.dial) };
  loop = new SyncLoop({ ...ends, automatic, acceptRemovals, onPass, onWrite });
  source.start();
  loop.start();
  await waitFor('the first pass', () => passes.length > 0);
}

const has = (line: string) => readFileSync(path, 'utf8').split('\n').includes(line);
const lastPass = () => {
  const pass = passes.at(-1);
  if (pass?.state !== 'ready') throw new Error(`no pass: ${pass?.state}`);
  return pass;
};
const addIngress = (name: string, host = `${name}.turing-cluster.local`) =>
  demo.cluster.apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'default', name },
    spec: { rules: [{ host }] },
  });
const removeIngress = (name: string) => demo.cluster.remove('ingresses', 'default', name);
const synced = () => waitFor('the file has Traefik', () => has('10.0.0.70\tturing-cluster.local'));

describe('automatic', () => {
  test('writes what there is, follows what changes, and keeps every other byte', async () => {
    await startLoop();
    await synced();
    addIngress('web');
    await waitFor('web comes', () => has('10.0.0.70\tweb.turing-cluster.local'));
    removeIngress('web');
    await waitFor('web goes', () => !has('10.0.0.70\tweb.turing-cluster.local'));
    expect(readFileSync(path, 'utf8').startsWith(OLD)).toBe(true);
    expect(new Set(outcomes)).toEqual(new Set(['done']));
  });

  test('no pass while nothing changes, and no write by a second one', async () => {
    await startLoop();
    await synced();
    await waitFor(
      'it is quiet',
      () => outcomes.length > 0 && lastPass().before.text === lastPass().after.text,
      () => loop.request(),
    );
    const { length } = passes;
    const written = outcomes.length;
    demo.cluster.patch('ingresses', 'default', 'homepage', { metadata: { labels: { irrelevant: 'yes' } } });
    loop.request();
    await waitFor('one more pass', () => passes.length > length);
    expect(passes).toHaveLength(length + 1);
    expect(outcomes).toHaveLength(written);
  });

  test('an edit of the file by somebody else is noticed: theirs stays, ours comes back', async () => {
    await startLoop();
    await synced();
    const unwatch = watchHostsFile(file, () => loop.request());
    writeFileSync(path, `${OLD}10.0.0.2\tprinter.home.lan\n`);
    await synced();
    expect(has('10.0.0.2\tprinter.home.lan')).toBe(true);
    unwatch();
  });

  test('a file that another program empties first is left alone until it has written', async () => {
    await startLoop();
    await synced();
    const unwatch = watchHostsFile(file, () => loop.request());
    const theirs = openSync(path, 'r+');
    ftruncateSync(theirs);
    await waitFor('it is noticed', () => passes.at(-1)?.state === 'emptied');
    addIngress('web');
    const { length } = passes;
    await waitFor('a pass because of the cluster', () => passes.length > length);
    expect(readFileSync(path, 'utf8')).toBe('');
    writeSync(theirs, `${OLD}10.0.0.2\tprinter.home.lan\n`);
    closeSync(theirs);
    await waitFor('it goes on', () => has('10.0.0.70\tweb.turing-cluster.local'));
    expect(has('10.0.0.2\tprinter.home.lan')).toBe(true);
    unwatch();
  });

  test('a file that is meant to be empty is written when the user says so', async () => {
    await startLoop();
    await synced();
    writeFileSync(path, '');
    await waitFor(
      'it is noticed',
      () => passes.at(-1)?.state === 'emptied',
      () => loop.request(),
    );
    expect(await loop.syncNow(false)).toEqual({ outcome: 'done' });
    expect(has('10.0.0.70\tturing-cluster.local')).toBe(true);
    addIngress('web');
    await waitFor('it goes on by itself', () => has('10.0.0.70\tweb.turing-cluster.local'));
  });

  test('what another program is writing is not read, whatever the cluster does meanwhile', async () => {
    await startLoop();
    await synced();
    addIngress('web');
    writeFileSync(path, OLD);
    let lines = 0;
    const more = () => {
      loop.request();
      appendFileSync(path, `10.0.1.1\tname-${++lines}.home.lan\n`);
    };
    await waitFor('much was written', () => lines >= 50, more);
    await waitFor('it goes on', () => has('10.0.0.70\tweb.turing-cluster.local'));
    const seen = passes.flatMap(pass => (pass.state === 'ready' ? pass.before.text : []));
    expect(seen.filter(text => text.includes('name-1.') && !text.includes('name-50.'))).toEqual([]);
    expect(has('10.0.1.1\tname-50.home.lan')).toBe(true);
  });

  test('a name that the user writes by hand is left to the user', async () => {
    await startLoop();
    await synced();
    writeFileSync(path, readFileSync(path, 'utf8').replace(OLD, `${OLD}192.168.1.9\tgrafana.turing-cluster.local\n`));
    loop.request();
    await waitFor('ours goes', () => !has('10.0.0.70\tgrafana.turing-cluster.local'));
    expect(has('192.168.1.9\tgrafana.turing-cluster.local')).toBe(true);
  });

  test('paused it does nothing; resumed it catches up', async () => {
    await startLoop();
    await synced();
    loop.pause();
    const { length } = passes;
    addIngress('web');
    await waitFor('the cluster has it', () => [...source.list('Ingress')].some(({ name }) => name === 'web'));
    expect(passes).toHaveLength(length);
    loop.resume();
    await waitFor('web comes', () => has('10.0.0.70\tweb.turing-cluster.local'));
  });
});

test('a kind that fails from the first holds back only what derives from it', async () => {
  demo.faults.add({ resource: 'ingresses', verb: 'any', fault: { kind: 'answer', code: 500 } });
  await startLoop();
  await synced();
  expect(has('10.0.0.70\tgrafana.turing-cluster.local')).toBe(true);
  expect(readFileSync(path, 'utf8')).not.toContain('home.turing-cluster.local');
  demo.faults.clear();
  await waitFor(
    'it comes late',
    () => has('10.0.0.70\thome.turing-cluster.local'),
    () => source.wake(),
  );
});

test('while something is done to the file alone no pass begins, and the loop ends only after it', async () => {
  await startLoop({ automatic: false });
  const end = Promise.withResolvers<void>();
  loop.request();
  const { length } = passes;
  const work = loop.alone(() => end.promise);
  addIngress('web');
  await waitFor('the cluster has it', () => [...source.list('Ingress')].some(({ name }) => name === 'web'));
  let isStopped = false;
  const stopped = loop.stop().then(() => {
    isStopped = true;
  });
  await turn();
  expect([passes.length, isStopped]).toEqual([length, false]);
  end.resolve();
  await work;
  await stopped;
});

describe('nothing is removed by mistake', () => {
  test('MetalLB restarts: addresses stay, shown as stale', async () => {
    await startLoop();
    await synced();
    const before = readFileSync(path, 'utf8');
    demo.cluster.patch('services', 'kube-system', 'traefik', { status: { loadBalancer: { ingress: [] } } });
    demo.metallb.stop();
    demo.cluster.patch('services', 'kube-system', 'traefik', { status: { loadBalancer: { ingress: [] } } });
    await waitFor('it is noticed', () =>
      lastPass().plan.rows.some(({ hostname, state }) => hostname === 'turing-cluster.local' && state === 'stale'),
    );
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('Services may no longer be read: an Ingress that goes keeps its name', async () => {
    addIngress('web');
    await startLoop();
    await synced();
    demo.faults.add({ resource: 'services', verb: 'any', fault: { kind: 'answer', code: 403 } });
    demo.server.cutWatches('services');
    await waitFor('forbidden', () => source.status('Service').state === 'forbidden');
    removeIngress('web');
    await waitFor('it is noticed', () => ![...source.list('Ingress')].some(({ name }) => name === 'web'));
    await waitFor('a pass saw it', () =>
      lastPass().plan.rows.some(({ hostname, state }) => hostname === 'web.turing-cluster.local' && state === 'stale'),
    );
    expect(has('10.0.0.70\tweb.turing-cluster.local')).toBe(true);
  });

  test('a cluster that suddenly says it is empty is not believed, until the user says so', async () => {
    for (let n = 0; n < 20; n++) addIngress(`app-${n}`);
    await startLoop();
    await synced();
    await waitFor('all are there', () => has('10.0.0.70\tapp-19.turing-cluster.local'));
    for (let n = 0; n < 20; n++) removeIngress(`app-${n}`);
    await waitFor('held', () => lastPass().held !== undefined);
    expect(has('10.0.0.70\tapp-19.turing-cluster.local')).toBe(true);
    addIngress('late');
    await waitFor('the rest goes on', () => has('10.0.0.70\tlate.turing-cluster.local'));
    expect(await loop.syncNow(true)).toMatchObject({ outcome: 'done' });
    expect(has('10.0.0.70\tapp-19.turing-cluster.local')).toBe(false);
  });

  test('kinds that empty one after another are one mass removal; one name that comes and goes is none', async () => {
    await startLoop();
    await synced();
    for (let n = 0; n < 8; n++) {
      addIngress('web');
      await waitFor('web comes', () => has('10.0.0.70\tweb.turing-cluster.local'));
      removeIngress('web');
      await waitFor('web goes', () => !has('10.0.0.70\tweb.turing-cluster.local'));
    }
    for (const { metadata } of demo.cluster.list('ingressroutes.traefik.io'))
      demo.cluster.remove('ingressroutes.traefik.io', metadata.namespace ?? '', metadata.name);
    await waitFor('the routes go', () => !has('10.0.0.70\tgrafana.turing-cluster.local'));
    expect(lastPass().held).toBeUndefined();
    for (const { metadata } of demo.cluster.list('ingresses'))
      demo.cluster.remove('ingresses', metadata.namespace ?? '', metadata.name);
    await waitFor('the Ingresses are held', () => lastPass().held !== undefined);
    expect(has('10.0.0.70\thome.turing-cluster.local')).toBe(true);
  });

  test('removals accepted beforehand are not held', async () => {
    for (let n = 0; n < 20; n++) addIngress(`app-${n}`);
    await startLoop({ acceptRemovals: true });
    await waitFor('all are there', () => has('10.0.0.70\tapp-19.turing-cluster.local'));
    for (let n = 0; n < 20; n++) removeIngress(`app-${n}`);
    await waitFor('all go', () => !/app-/.test(readFileSync(path, 'utf8')));
  });

  test('ten thousand hostile objects leave nothing of theirs in the file', async () => {
    const hosts = [
      'a b',
      'a\nb',
      '6.6.6.6',
      'localhost',
      'wpad.turing-cluster.local',
      'bank.example',
      '*.x',
      '__proto__',
      '',
      'a#b',
    ];
    for (let n = 0; n < 10_000; n++) addIngress(`evil-${n}`, hosts[n % hosts.length]);
    demo.faults.add({ resource: 'any', verb: 'list', fault: { kind: 'hostile' } });
    await startLoop();
    await synced();
    const text = readFileSync(path, 'utf8');
    expect(text).not.toMatch(/evil|6\.6\.6\.6|wpad|bank|proto|undefined/);
    expect(lastPass().plan.entries.length).toBeLessThan(20);
  });
});

describe('asking first', () => {
  test('looks, but writes only when it is told to, once', async () => {
    await startLoop({ automatic: false });
    await waitFor('something is pending', () => lastPass().before.text !== lastPass().after.text);
    expect(readFileSync(path, 'utf8')).toBe(OLD);
    expect(await loop.syncNow(false)).toEqual({ outcome: 'done' });
    expect(has('10.0.0.70\tturing-cluster.local')).toBe(true);
    expect(await loop.syncNow(false)).toEqual({ outcome: 'no-change' });
  });

  test('a file whose block is damaged is not touched', async () => {
    writeFileSync(path, `${OLD}# END cluster-hosts\n`);
    await startLoop();
    expect(passes[0]).toMatchObject({ state: 'damaged' });
    expect(await loop.syncNow(true)).toMatchObject({ state: 'damaged' });
    expect(readFileSync(path, 'utf8')).toBe(`${OLD}# END cluster-hosts\n`);
  });
});
