import { execFile } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Demo, startDemo } from '../../../main/demo/demo.ts';
import { waitFor } from '../../wait-for.ts';
import { runCommand, start } from './terminal.ts';

const INGRESS = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  spec: { rules: [{ host: 'other.turing-cluster.local' }] },
};

const OLD = '127.0.0.1\tlocalhost\n10.9.9.9 nas.home.lan # mine\n';

let folder: string;
let path: string;
let demo: Demo;
let env: Record<string, string | undefined>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
  path = join(folder, 'hosts');
  demo = await startDemo();
  writeFileSync(path, OLD);
  writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig, { mode: 0o600 });
  env = {
    PATH: process.env.PATH,
    HOME: folder,
    XDG_STATE_HOME: join(folder, 'state'),
    KUBECONFIG: join(folder, 'kubeconfig'),
  };
});

afterEach(async () => {
  await demo.stop();
  rmSync(folder, { recursive: true, force: true });
});

const read = () => readFileSync(path, 'utf8');
const run = (...argv: string[]) => runCommand(['--hosts-file', path, ...argv], { env });
const answer = (typed: string, ...argv: string[]) => runCommand([...argv, '--hosts-file', path], { env, typed });
const json = async (...argv: string[]) => {
  const { code, stdout } = await run(...argv, '--json');
  return { code, value: JSON.parse(stdout) };
};
const addIngress = (name: string, host: string) =>
  demo.cluster.apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { namespace: 'default', name },
    spec: { rules: [{ host }] },
  });

describe('sync', () => {
  test('asks, writes, and a second time has nothing to do', async () => {
    const first = await answer('y', 'sync');
    expect(first.code).toBe(0);
    expect(first.stdout).toContain('+10.0.0.70\tturing-cluster.local');
    expect(read()).toMatch(/^10\.0\.0\.70\tturing-cluster\.local$/m);
    expect(read().startsWith(OLD)).toBe(true);
    expect(await run('sync')).toMatchObject({ code: 0, stdout: '', stderr: expect.stringContaining('In sync: ') });
  });

  test.each([['n'], ['']])('answered %j: nothing is written, exit 3', async typed => {
    expect(await answer(typed, 'sync')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('Nothing was written.'),
    });
    expect(read()).toBe(OLD);
  });

  test('without a terminal and without --yes: nothing is written, exit 3, and JSON says declined', async () => {
    expect((await run('sync')).code).toBe(3);
    expect(await json('sync')).toMatchObject({
      code: 3,
      value: { outcome: 'declined', add: 10, update: 0, remove: 0 },
    });
    expect(read()).toBe(OLD);
  });

  test('--yes --json tells the outcome', async () => {
    expect(await json('sync', '--yes')).toEqual({
      code: 0,
      value: { outcome: 'done', add: 10, update: 0, remove: 0, message: expect.any(String) },
    });
    expect(await json('sync', '--yes')).toMatchObject({ code: 0, value: { outcome: 'no-change', add: 0 } });
  });

  test('names of other domains wait for consent, which is told; with it they are written', async () => {
    const { stderr } = await run('sync', '--yes');
    expect(stderr).toContain('--allow-domain home.lan');
    expect(read()).not.toContain('pihole.home.lan');
    await run('sync', '--yes', '--allow-domain', 'home.lan');
    expect(read()).toMatch(/^10\.0\.0\.\d+\tpihole\.home\.lan$/m);
    await run('sync', '--yes');
    expect(read()).not.toContain('pihole.home.lan');
  });

  test('a mass removal is held back with exit 3, until it is accepted', async () => {
    for (let n = 0; n < 30; n++) addIngress(`app-${n}`, `app-${n}.turing-cluster.local`);
    await run('sync', '--yes');
    for (let n = 0; n < 30; n++) demo.cluster.remove('ingresses', 'default', `app-${n}`);
    expect(await json('sync', '--yes')).toMatchObject({ code: 3, value: { outcome: 'held-back', remove: 30 } });
    expect(read()).toContain('app-29.turing-cluster.local');
    expect(await json('sync', '--yes', '--accept-removals')).toMatchObject({
      code: 0,
      value: { outcome: 'done', remove: 30 },
    });
    expect(read()).not.toContain('app-29.turing-cluster.local');
  });

  test('where some removals are held back, only what was written is told as such', async () => {
    await run('sync', '--yes');
    const some = ['--namespace', 'media', '--name', 'new.turing-cluster.local=10.0.0.5'];
    const { stderr } = await answer('n', 'sync', ...some);
    expect(stderr).toContain(`Write ${path} (1 to add)?`);
    expect(await json('sync', '--yes', ...some)).toMatchObject({
      code: 3,
      value: { outcome: 'held-back', add: 1, remove: 0, message: expect.stringContaining(`Wrote ${path}: 1 to add.`) },
    });
    expect(read()).toContain('grafana.turing-cluster.local');
  });

  test('names typed by the user are written, and their own consent', async () => {
    await run(
      'sync',
      '--yes',
      '--name',
      'printer.home.lan=10.0.0.9',
      '--name',
      'grafana.turing-cluster.local=10.0.0.8',
    );
    expect(read()).toContain('# Manual\n10.0.0.8\tgrafana.turing-cluster.local\n10.0.0.9\tprinter.home.lan\n');
    expect(read()).not.toContain('10.0.0.70\tgrafana.turing-cluster.local');
  });

  test('another name and suffix for the cluster', async () => {
    await run('sync', '--yes', '--cluster', 'attic', '--suffix', 'home.arpa');
    expect(read()).toContain('# cluster attic\n');
    expect(read()).toMatch(/^10\.0\.0\.70\tattic\.home\.arpa$/m);
    expect(read()).toMatch(/^10\.0\.0\.\d+\tmqtt\.attic\.home\.arpa$/m);
  });

  test('only some namespaces', async () => {
    await run('sync', '--yes', '--namespace', 'media');
    const names = [...read().matchAll(/^10\.\S+\t(\S+)$/gm)].map(([, name]) => name);
    expect(names).toEqual([
      'jellyfin.turing-cluster.local',
      'tv.turing-cluster.local',
      'turing-cluster',
      'turing-cluster.local',
    ]);
  });

  test('a folder that is not there gets a clear answer', async () => {
    const nowhere = join(folder, 'no', 'such', 'folder', 'hosts');
    expect(await json('sync', '--yes', '--hosts-file', nowhere)).toMatchObject({
      code: 1,
      value: { outcome: 'failed' },
    });
  });

  test('a file of somebody else gets a clear answer, and the way to look at the changes stays open', async () => {
    const nobody = 65_534;
    const isRoot = process.getuid?.() === 0;
    chmodSync(path, 0o444);
    chmodSync(folder, isRoot ? 0o755 : 0o555);
    chmodSync(join(folder, 'kubeconfig'), 0o644);
    const home = mkdtempSync(join(tmpdir(), 'cli-home-'));
    if (isRoot) chownSync(home, nobody, nobody);
    const options = {
      env: { ...env, HOME: home, XDG_STATE_HOME: home },
      ...(isRoot ? { uid: nobody, gid: nobody } : {}),
    };
    const cli = (...argv: string[]) =>
      promisify(execFile)(
        process.execPath,
        ['main/cli/cluster-hosts.js', '--hosts-file', path, ...argv],
        options,
      ).catch(error => error);
    const { code, stdout } = await cli('sync', '--yes', '--json');
    expect({ code, ...JSON.parse(stdout) }).toMatchObject({
      code: 1,
      outcome: 'not-permitted',
      message: expect.stringContaining('may not write'),
    });
    expect(await cli('diff')).toMatchObject({ code: 2, stdout: expect.stringContaining('+10.0.0.70') });
    expect(read()).toBe(OLD);
    chmodSync(folder, 0o755);
    rmSync(home, { recursive: true });
  });
});

describe('sync --watch', () => {
  test('writes as things change, tells each change, ends with exit 0 when interrupted', async () => {
    const running = start(['sync', '--watch', '--yes', '--hosts-file', path], { env });
    await waitFor('it is in sync', () => read().includes('10.0.0.70\tturing-cluster.local'));
    addIngress('web', 'web.turing-cluster.local');
    await waitFor('web comes', () => running.stdout().includes('+ web.turing-cluster.local 10.0.0.70'));
    expect(read()).toContain('10.0.0.70\tweb.turing-cluster.local');
    demo.cluster.remove('ingresses', 'default', 'web');
    await waitFor('web goes', () => running.stdout().includes('- web.turing-cluster.local'));
    running.interrupt();
    expect((await running.done).code).toBe(0);
    expect(existsSync(join(folder, 'state', 'cluster-hosts', 'lock'))).toBe(true);
  });

  test('asks once; a no ends it with exit 3', async () => {
    expect(await answer('n', 'sync', '--watch')).toMatchObject({ code: 3 });
    expect(await run('sync', '--watch')).toMatchObject({ code: 3, stderr: expect.stringContaining('--yes') });
    expect(read()).toBe(OLD);
  });

  test('without a yes, JSON says declined', async () => {
    expect(await json('sync', '--watch')).toMatchObject({ code: 3, value: { outcome: 'declined', add: 10 } });
    expect(read()).toBe(OLD);
  });

  test('a kubeconfig that changes is followed; a broken one is told, and changes nothing', async () => {
    const running = start(['sync', '--watch', '--yes', '--hosts-file', path], { env });
    await waitFor('it is in sync', () => read().includes('10.0.0.70\tturing-cluster.local'));
    writeFileSync(join(folder, 'kubeconfig'), '{');
    await waitFor('it is told', () => running.stderr().includes('goes on with what it knows'));
    const other = await startDemo();
    other.cluster.apply({ ...INGRESS, metadata: { namespace: 'default', name: 'other' } });
    writeFileSync(join(folder, 'kubeconfig'), other.kubeconfig);
    await waitFor('the other cluster is read', () => read().includes('other.turing-cluster.local'));
    expect(running.stderr()).toContain('connecting anew');
    running.interrupt();
    expect((await running.done).code).toBe(0);
    await other.stop();
  });

  test('a cluster that goes away is told once, and so is its return', async () => {
    const running = start(['sync', '--watch', '--yes', '--hosts-file', path], { env });
    await waitFor('it is in sync', () => read().includes('10.0.0.70\tturing-cluster.local'));
    const before = read();
    await demo.server.stop();
    await waitFor('it is told', () => running.stderr().includes('The names stay as they are'));
    await demo.server.start();
    await waitFor('it is back', () => running.stderr().includes('The cluster answers again.'));
    expect(running.stderr().match(/The names stay/g)).toHaveLength(1);
    expect(read()).toBe(before);
    running.interrupt();
    await running.done;
  });
});

describe('looking', () => {
  test('status', async () => {
    const { code, value } = await json('status');
    expect(code).toBe(2);
    expect(value).toMatchObject({
      state: 'pending',
      headline: 'Changes pending: 10 to add.',
      cluster: {
        name: 'turing-cluster',
        context: 'turing-cluster',
        server: demo.url,
        reachable: true,
        version: expect.stringContaining('+k3s1'),
      },
      traefik: { address: '10.0.0.70', service: 'kube-system/traefik', state: 'ready' },
      metallb: {
        state: 'ready',
        version: '0.15.3',
        pools: [{ name: 'default-pool', ranges: ['10.0.0.70-10.0.0.80'], total: 11 }],
        problems: [],
      },
      hostsFile: { path, way: 'direct', pending: { add: 10, update: 0, remove: 0 } },
    });
    expect(value.cluster.kinds).toContainEqual({ kind: 'Ingress', state: 'live', message: '' });
    expect(value.cluster.kinds).toContainEqual({ kind: 'HTTPRoute', state: 'absent', message: expect.any(String) });
    await run('sync', '--yes');
    expect(await json('status')).toMatchObject({ code: 0, value: { state: 'ok' } });
  });

  test('names: state and reason of each, what a hosts file cannot hold, and URLs of routes without a host', async () => {
    const { code, value } = await json('names');
    expect(code).toBe(2);
    const find = (name: string) => value.entries.find(({ hostname }: { hostname: string }) => hostname === name);
    expect(find('turing-cluster.local')).toMatchObject({
      address: '10.0.0.70',
      state: 'add',
      origin: { kind: 'Service', namespace: 'kube-system', name: 'traefik' },
    });
    expect(find('pihole.home.lan')).toMatchObject({ state: 'needs-consent', domain: 'home.lan' });
    expect(value.skipped).toContainEqual(expect.objectContaining({ reason: 'wildcard' }));
    expect(value.urls).toContainEqual(expect.objectContaining({ url: 'https://turing-cluster.local/longhorn' }));
    const { stdout } = await run('names');
    expect(stdout).toMatch(/^grafana\.turing-cluster\.local +10\.0\.0\.70 +IngressRoute monitoring\/grafana +add$/m);
  });

  test('names that only wait for consent are not pending', async () => {
    await run('sync', '--yes');
    expect((await run('names')).code).toBe(0);
  });

  test('diff is a patch that patch(1) takes, byte for byte', async () => {
    const { code, stdout } = await run('diff');
    expect(code).toBe(2);
    expect(stdout).toMatch(/^--- .*\n\+\+\+ .*\n@@ -1,2 \+1,\d+ @@\n 127\.0\.0\.1\tlocalhost\n/);
    expect((await run('sync', '--dry-run')).stdout).toBe(stdout);
    expect(read()).toBe(OLD);
    await run('sync', '--yes');
    expect(await run('diff')).toMatchObject({ code: 0, stdout: '' });
  });

  test('check: what answers, and what does not', async () => {
    demo.cluster.apply({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'default', name: 'dead', annotations: { 'cluster-hosts/address': '127.0.0.1' } },
      spec: { type: 'LoadBalancer', ports: [{ port: 1 }] },
    });
    expect(await run('check', 'nobody.turing-cluster.local')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing in the cluster asks for'),
    });
    expect(await run('check', 'a b')).toMatchObject({ code: 64 });
  });

  test('metallb status', async () => {
    expect(await json('metallb', 'status')).toMatchObject({
      code: 0,
      value: { state: 'ready', version: '0.15.3', problems: [] },
    });
    expect((await run('metallb', 'status')).stdout).toContain('10.0.0.70-10.0.0.80');
    await demo.stop();
    demo = await startDemo({ scenario: 'empty' });
    writeFileSync(join(folder, 'kubeconfig'), demo.kubeconfig);
    expect(await json('metallb', 'status')).toMatchObject({
      code: 2,
      value: { state: 'absent', version: '', pools: [] },
    });
  });
});

describe('undoing', () => {
  test('clean gives the file back, byte for byte', async () => {
    await run('sync', '--yes');
    expect(await answer('n', 'clean')).toMatchObject({ code: 3 });
    expect(await json('clean', '--yes')).toMatchObject({ code: 0, value: { outcome: 'done', remove: 10 } });
    expect(read()).toBe(OLD);
    expect(await json('clean', '--yes')).toMatchObject({ code: 0, value: { outcome: 'no-change' } });
  });

  test('clean --cluster takes one section and leaves the others', async () => {
    await run('sync', '--yes', '--cluster', 'attic');
    const before = read();
    await run('sync', '--yes', '--cluster', 'office');
    expect(await json('clean', '--yes', '--cluster', 'office')).toMatchObject({ code: 0 });
    expect(read()).toBe(before);
  });

  test('backups lists the original, restore puts it back', async () => {
    expect(await json('backups')).toMatchObject({ code: 0, value: { path, backups: [] } });
    await run('sync', '--yes');
    const { value } = await json('backups');
    expect(value.backups).toMatchObject([{ original: true, bytes: OLD.length }]);
    expect((await run('restore')).code).toBe(64);
    expect((await run('restore', 'ffffffffffff')).code).toBe(1);
    expect(await json('restore', value.backups[0].id)).toMatchObject({ code: 3, value: { outcome: 'declined' } });
    expect(await json('restore', value.backups[0].id, '--yes')).toMatchObject({ code: 0, value: { outcome: 'done' } });
    expect(read()).toBe(OLD);
  });

  test('a damaged block: nothing is written, the way out is told, restore works', async () => {
    await run('sync', '--yes');
    const { value } = await json('backups');
    writeFileSync(path, read().replace('# END cluster-hosts\n', ''));
    const damaged = read();
    for (const command of ['sync', 'clean', 'diff', 'status']) {
      const { code, value: said } = await json(
        command,
        ...(command === 'sync' || command === 'clean' ? ['--yes'] : []),
      );
      expect({ code, said: said.error.code }).toEqual({ code: 1, said: 'hosts-file' });
    }
    expect(read()).toBe(damaged);
    await run('restore', value.backups[0].id, '--yes');
    expect(read()).toBe(OLD);
  });

  test('a file that is no text any more: restore works', async () => {
    await run('sync', '--yes');
    const { value } = await json('backups');
    writeFileSync(path, `${read()}\0\0\0`);
    expect(await json('clean', '--yes')).toMatchObject({ code: 1, value: { error: { code: 'hosts-file' } } });
    expect(await json('restore', value.backups[0].id, '--yes')).toMatchObject({ code: 0, value: { outcome: 'done' } });
    expect(read()).toBe(OLD);
  });

  test('an edit inside the block is told, and put back', async () => {
    await run('sync', '--yes');
    const clean = read();
    writeFileSync(path, clean.replace('10.0.0.70\tturing-cluster.local', '10.6.6.6\tturing-cluster.local'));
    expect((await run('diff')).stderr).toContain('Somebody edited');
    await run('sync', '--yes');
    expect(read()).toBe(clean);
  });
});

describe('what goes wrong is told in two sentences', () => {
  const errorOf = async (...argv: string[]) => {
    const { code, value } = await json(...argv);
    expect(value.error).toEqual({
      code: expect.any(String),
      message: expect.stringMatching(/\.$/),
      hint: expect.stringMatching(/\.$/),
    });
    return { code, error: value.error.code };
  };

  test('a cluster that is away', async () => {
    await demo.server.stop();
    expect(await errorOf('status')).toEqual({ code: 1, error: 'unreachable' });
    const { stderr, stdout } = await run('status');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/127\.0\.0\.1/);
    expect(stderr).not.toMatch(/ at .*\.ts/);
    await demo.server.start();
  });

  test('a cluster that says nothing: after --timeout', async () => {
    demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'hang' } });
    expect(await errorOf('status', '--timeout', '0.3')).toEqual({ code: 1, error: 'unreachable' });
  });

  test.each([
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [500, 'server'],
  ] as const)('%d for everything', async (code, error) => {
    demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'answer', code } });
    expect(await errorOf('status')).toEqual({ code: 1, error });
  });

  test('a kind that may not be read: the rest goes on', async () => {
    demo.faults.add({ resource: 'ingresses', verb: 'any', fault: { kind: 'answer', code: 403 } });
    const { code, stderr } = await run('sync', '--yes');
    expect(code).toBe(0);
    expect(stderr).toContain('Ingress objects cannot be read.');
    expect(read()).toContain('turing-cluster.local');
  });

  test.each([['sync', '--yes', '--name', 'nas.home.lan=10.0.0.9'], ['names'], ['check']])(
    '%s, interrupted before the cluster has answered, says and does nothing more',
    async (...argv) => {
      demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'hang' } });
      const running = start([...argv, '--hosts-file', path], { env });
      await waitFor('the cluster is asked', () => demo.server.traffic.calls.size > 0);
      running.interrupt();
      expect(await running.done).toEqual({ code: 130, stdout: '', stderr: '' });
      expect(read()).toBe(OLD);
    },
  );

  test.runIf(existsSync('/dev/full'))('an answer that cannot be written is told without a stack trace', async () => {
    const cli = `"${process.execPath}" main/cli/cluster-hosts.js`;
    const shell = (line: string) => promisify(execFile)('sh', ['-c', line], { env }).catch(error => error);
    const full = await shell(`${cli} --help >/dev/full`);
    expect(full).toMatchObject({ code: 1, stderr: expect.stringContaining('The answer cannot be written: ') });
    expect(full.stderr.trim().split('\n')).toHaveLength(2);
    expect(await shell(`${cli} names --hosts-file "${path}" 2>/dev/full`)).toMatchObject({ code: 2 });
  });

  test('no kubeconfig, and one that is broken', async () => {
    env.KUBECONFIG = join(folder, 'nowhere');
    expect(await errorOf('status')).toEqual({ code: 1, error: 'kubeconfig' });
    writeFileSync(join(folder, 'kubeconfig'), '{');
    env.KUBECONFIG = join(folder, 'kubeconfig');
    expect(await errorOf('status')).toEqual({ code: 1, error: 'kubeconfig' });
    expect(await errorOf('status', '--kubeconfig', join(folder, 'nowhere'))).toEqual({ code: 1, error: 'kubeconfig' });
    expect(await errorOf('status', '--context', 'other')).toEqual({ code: 1, error: 'kubeconfig' });
  });

  test('what cannot be used of the kubeconfigs is told once', async () => {
    const broken = join(folder, 'broken');
    writeFileSync(broken, '{');
    const times = ({ stderr }: { stderr: string }) => stderr.split(`${broken} was left out`).length - 1;
    expect(times(await run('status', '--kubeconfig', broken))).toBe(1);
    env.KUBECONFIG = [broken, join(folder, 'kubeconfig')].join(delimiter);
    expect(times(await run('status'))).toBe(1);
    expect(times(await run())).toBe(1);
  });

  test.each([
    ['a link', 'symlink'],
    ['a folder', 'folder'],
  ])('%s as the hosts file', async (_, kind) => {
    const other = join(folder, 'other');
    if (kind === 'symlink') symlinkSync(path, other);
    else mkdirSync(other);
    expect(await errorOf('sync', '--yes', '--hosts-file', other)).toEqual({ code: 1, error: 'hosts-file' });
    expect(read()).toBe(OLD);
  });

  const wrong = [
    ['frobnicate'],
    ['metallb'],
    ['metallb', 'install', '--yes'],
    ['metallb', 'install', '--engine', 'kustomize'],
    ['metallb', 'plan', '--pin', '127.0.0.1'],
    ['metallb', 'uninstall', '--addresses', '10.0.0.70'],
    ['status', 'extra'],
    ['status', '--yes'],
    ['status', '--frobnicate'],
    ['status', '--timeout', 'soon'],
    ['status', '--timeout'],
    ['sync', '--cluster', 'a.b'],
    ['sync', '--cluster', 'localhost'],
    ['sync', '--cluster', hostname().split('.')[0] ?? ''],
    ['sync', '--suffix', 'com'],
    ['sync', '--cluster', 's3', '--suffix', 'amazonaws.com'],
    ['sync', '--allow-domain', 'co.uk'],
    ['sync', '--allow-domain', 'a b'],
    ['sync', '--name', 'nas.home.lan'],
    ['sync', '--name', 'nas.home.lan=127.0.0.1'],
    ['sync', '--name', 'localhost=10.0.0.1'],
    ['sync', '--name', 'wpad.home.lan=10.0.0.1'],
    ['sync', '--namespace', 'a/b'],
    ['completions'],
    ['completions', 'tcsh'],
  ];
  test.each(wrong)('%s %s %s %s %s is wrong usage: 64, nothing written', async (...argv) => {
    const { code, value } = await json(...argv.filter(word => word !== undefined));
    expect({ code, error: value.error.code }).toEqual({ code: 64, error: 'usage' });
    expect(read()).toBe(OLD);
  });
});

describe('help', () => {
  test.each([[['--help']], [['help']], [['sync', '--help']], [['help', 'metallb', 'status']]])('%j', async argv => {
    const { code, stdout, stderr } = await runCommand(argv, { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: cluster-hosts');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test.each(['bash', 'zsh', 'fish'])('completions for %s name every command and option', async shell => {
    const { stdout } = await runCommand(['completions', shell], { env });
    for (const word of ['status', 'metallb', 'accept-removals', 'allow-domain']) expect(stdout).toContain(word);
  });

  test('the version is that of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await runCommand(['--version'], { env })).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('without a command', () => {
  test('with a kubeconfig: status and diff, and nothing is written', async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    expect(stdout).toContain('Changes pending: 10 to add.');
    expect(stdout).toContain('+10.0.0.70\tturing-cluster.local');
    expect(read()).toBe(OLD);
  });

  test('without one: the demo, once where there is no terminal', async () => {
    const { code, stdout, stderr } = await runCommand([], { env: { ...env, KUBECONFIG: join(folder, 'nowhere') } });
    expect(code).toBe(0);
    expect(stderr).toContain('simulated cluster');
    expect(stdout).toContain('+10.0.0.70\tturing-cluster.local');
  });
});

test('nothing that a cluster says reaches the terminal as more than text', async () => {
  addIngress('evil', '\u001b]0;pwned\u0007\u001b[2J\u202egnp.exe');
  demo.cluster.apply({
    apiVersion: 'traefik.io/v1alpha1',
    kind: 'IngressRoute',
    metadata: { namespace: 'default', name: 'evil' },
    spec: {
      routes: [
        { kind: 'Rule', match: 'Host(`\u001b[31mred`)' },
        { kind: 'Rule', match: 'PathPrefix(`/\u001b[2J`)' },
      ],
    },
  });
  for (const command of ['names', 'status', 'diff']) {
    const { stdout, stderr } = await run(command);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for.
    expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e]/);
  }
});
