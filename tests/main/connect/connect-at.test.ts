import { execFileSync } from 'node:child_process';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveCommand } from '../../../main/cluster/exec-command.ts';
import { connectAt } from '../../../main/connect/connect-at.ts';
import { moveTarget, writeKubeconfig } from '../../../main/connect/move-target.ts';
import { testServer } from '../../../main/connect/test-server.ts';
import { startDemo } from '../../../main/demo/demo.ts';
import { tempFolder, writeFiles } from '../cluster/temp-folder.ts';
import { forward, HOST, kubeFolder, OWN_ADDRESS, script, startServer, targetIn, targetOf } from './kubeconfigs.ts';

const never = new AbortController().signal;

describe('testing a server', () => {
  test('that answers gives its version', async () => {
    const demo = await startDemo();
    try {
      const target = await targetIn(await writeFiles(await tempFolder(), { config: demo.kubeconfig }));
      expect(await testServer(target, HOST, never)).toEqual({ ok: true, version: expect.stringContaining('k3s') });
      demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'answer', code: 503 }, times: 1 });
      expect(await testServer(target, HOST, never)).toMatchObject({ ok: false, failure: { code: 'server' } });
      const stop = AbortSignal.timeout(200);
      demo.faults.add({ resource: 'any', verb: 'any', fault: { kind: 'hang' } });
      expect(await testServer(target, HOST, stop)).toMatchObject({ ok: false });
    } finally {
      await demo.stop();
    }
  });

  test('that nobody is behind gives the sentence', async () => {
    const { server, cluster, user } = await startServer(['127.0.0.1']);
    const target = await targetOf({ cluster, user });
    await server.stop();
    const failure = { code: 'unreachable', message: expect.stringContaining('the cluster is this computer') };
    expect(await testServer(target, HOST, never)).toMatchObject({ ok: false, failure });
  });

  test('that does not know the user gives the sentence', async () => {
    const { cluster } = await startServer(['127.0.0.1']);
    const target = await targetOf({ cluster, user: { token: 'another' } });
    expect(await testServer(target, HOST, never)).toMatchObject({ ok: false, failure: { code: 'unauthorized' } });
  });

  test('with a kubeconfig that cannot be used gives the sentence', async () => {
    const target = await targetOf({ cluster: { server: 'http://127.0.0.1:6443' } });
    expect(await testServer(target, HOST, never)).toMatchObject({ ok: false, failure: { code: 'kubeconfig' } });
  });

  test('runs no program that is not allowed, and one that fails only once', async () => {
    const { cluster } = await startServer(['127.0.0.1']);
    const command = await script('echo ran >> "$(dirname "$0")/runs"; exit 1');
    const runs = () => readFile(join(dirname(command), 'runs'), 'utf8').catch(() => '');
    const exec = { command, apiVersion: 'client.authentication.k8s.io/v1', interactiveMode: 'Never' };
    const target = await targetOf({ cluster, user: { exec } });
    const refused = await testServer(target, { ...HOST, uid: 1000, isAllowed: () => false }, never);
    expect(refused).toMatchObject({
      ok: false,
      failure: { code: 'plugin', message: expect.stringContaining(command) },
    });
    expect(await runs()).toBe('');
    const failed = await testServer(target, { ...HOST, uid: 1000, isAllowed: () => true }, never);
    expect(failed).toMatchObject({
      ok: false,
      failure: { code: 'plugin', message: expect.stringContaining('failed (1)') },
    });
    expect(await runs()).toBe('ran\n');
  });
});

describe.skipIf(OWN_ADDRESS === undefined)('using another address (this computer needs one in a network)', () => {
  const own = OWN_ADDRESS ?? '';

  /** Tries a server whose certificate is for these names at this computer's own address. */
  async function tryAt(names: readonly string[], { user, ca }: { user?: object; ca?: string } = {}) {
    const started = await startServer(names);
    const port = await forward(own, Number(new URL(started.server.url).port));
    const authority = ca === undefined ? {} : { 'certificate-authority-data': ca };
    const cluster = { ...started.cluster, ...authority, server: 'https://127.0.0.1:1' };
    const target = await targetOf({ cluster, user: user ?? started.user, context: { namespace: 'apps' } });
    const folder = await kubeFolder();
    const attempt = { target, address: `${own}:${port}`, name: 'turing-cluster', folder, host: HOST, signal: never };
    return { saving: connectAt(attempt), folder, server: `https://${own}:${port}` };
  }

  test('where the cluster answers, a kubeconfig that says so is saved and works', async () => {
    const { saving, folder, server } = await tryAt(['127.0.0.1', own]);
    const { path, context } = await saving;
    expect({ path, context }).toEqual({ path: join(folder, 'turing-cluster.yaml'), context: 'turing-cluster' });
    const target = await targetIn(path);
    expect(target).toMatchObject({
      context: { name: 'turing-cluster', namespace: 'apps' },
      cluster: { server, tlsServerName: '' },
      user: { name: 'turing-cluster', login: { kind: 'static', token: 'secret' } },
    });
    expect(await testServer(target, HOST, never)).toMatchObject({ ok: true });
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('a certificate for other names is accepted by the name that only API servers have', async () => {
    const { saving } = await tryAt(['kubernetes', 'localhost', '127.0.0.1']);
    const target = await targetIn((await saving).path);
    expect(target.cluster.tlsServerName).toBe('kubernetes');
    expect(await testServer(target, HOST, never)).toMatchObject({ ok: true });
  });

  test.each([
    { title: 'a certificate for none of its names', names: ['localhost', '127.0.0.1'], code: 'certificate' },
    { title: 'a login that it does not know', names: [own], user: { token: 'no' }, code: 'unauthorized' },
  ])('$title: nothing is saved', async ({ names, user, code }) => {
    const { saving, folder } = await tryAt(names, user && { user });
    await expect(saving).rejects.toMatchObject({ code });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  test('a server of another authority: nothing is saved', async () => {
    const { cluster } = await startServer(['x']);
    const { saving, folder } = await tryAt(['kubernetes', own], { ca: cluster['certificate-authority-data'] });
    await expect(saving).rejects.toMatchObject({ code: 'certificate', message: expect.stringContaining('authority') });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });

  test('nobody there: nothing is saved', async () => {
    const target = await targetOf({});
    const folder = await kubeFolder();
    const attempt = { target, address: `${own}:1`, name: 'c', folder, host: HOST, signal: never };
    await expect(connectAt(attempt)).rejects.toMatchObject({ code: 'unreachable' });
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
  });
});

describe('the kubeconfig that is written', () => {
  const files = { 'ca.crt': 'CA', 'me.crt': 'CERT', 'me.key': 'KEY', token: 'T', 'bin/tool': '' };

  test('has all that the entries have, with absolute paths', async () => {
    const exec = { command: 'bin/tool', args: ['yes', '1_0'], apiVersion: 'v1', installHint: 'x: y' };
    const user = {
      'client-certificate': 'me.crt',
      'client-key': 'me.key',
      tokenFile: 'token',
      exec,
      'as-groups': ['g'],
    };
    const cluster = { 'certificate-authority': 'ca.crt', 'tls-server-name': 'no', extensions: [{ name: 'e' }] };
    const target = await targetOf({ cluster, user }, files);
    const folder = dirname(target.context.file.path);
    const moved = moveTarget(target, new URL('https://10.0.0.5:6443/'));
    const path = await writeFiles(await tempFolder(), { config: await writeKubeconfig(moved, 'home') });
    const before = { ...target.cluster, file: undefined };
    const after = await targetIn(path);
    expect({ ...after.cluster, file: undefined }).toEqual({ ...before, name: 'home', server: 'https://10.0.0.5:6443' });
    expect(after.user).toMatchObject({ login: target.user.login, impersonatesMore: true });
    const text = await readFile(path, 'utf8');
    expect(text).toContain(join(folder, 'bin/tool'));
    expect(text).toContain("- 'yes'");
  });

  test('has no user where there was none', async () => {
    const target = await targetOf({ context: { user: '' } });
    const path = await writeFiles(await tempFolder(), { config: await writeKubeconfig(target, 'home') });
    expect((await targetIn(path)).user).toMatchObject({ name: '', login: { kind: 'static', token: '' } });
  });

  test.each(['', '{', 'users: 5', 'users: []'])('an entry that is gone meanwhile (%j) is told', async text => {
    const target = await targetOf({});
    await writeFiles(dirname(target.user.file.path), { config: text });
    await expect(writeKubeconfig(target, 'home')).rejects.toMatchObject({
      code: 'kubeconfig',
      message: `The cluster "default" is not in ${target.user.file.path} any more.`,
    });
  });

  test('is read by kubectl as by this program', async context => {
    const kubectl = await resolveCommand('kubectl', { env: process.env, platform: process.platform });
    if (kubectl === undefined) return context.skip('there is no kubectl');
    const target = await targetOf({ cluster: { 'certificate-authority-data': 'Q0E=' }, user: { token: '2024-01-01' } });
    const moved = moveTarget(target, new URL('https://10.0.0.5:6443'), 'kubernetes');
    const path = await writeFiles(await tempFolder(), { config: await writeKubeconfig(moved, 'no') });
    const view = execFileSync(kubectl, ['config', 'view', '--raw', '--output=json', `--kubeconfig=${path}`]);
    expect(JSON.parse(view.toString())).toMatchObject({
      'current-context': 'no',
      clusters: [
        {
          name: 'no',
          cluster: {
            server: 'https://10.0.0.5:6443',
            'tls-server-name': 'kubernetes',
            'certificate-authority-data': 'Q0E=',
          },
        },
      ],
      contexts: [{ name: 'no', context: { cluster: 'no', user: 'no' } }],
      users: [{ name: 'no', user: { token: '2024-01-01' } }],
    });
  });
});
