import { existsSync } from 'node:fs';
import { chmod, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type PluginHost, runExecPlugin } from '../../../main/cluster/exec-plugin.ts';
import type { Cluster, ExecPlugin, User } from '../../../main/cluster/kubeconfig-entries.ts';
import { makeAuthority } from './certificates.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

const V1 = 'client.authentication.k8s.io/v1';
const authority = makeAuthority();

const answer = (status: object) => JSON.stringify({ kind: 'ExecCredential', apiVersion: V1, status });
const saying = (stdout: string) => `cat <<'END'\n${stdout}\nEND`;

interface Setting {
  readonly plugin?: Partial<ExecPlugin>;
  readonly host?: Partial<PluginHost>;
  readonly cluster?: Partial<Cluster>;
  /** Mode of the kubeconfig, and whose it is. */
  readonly mode?: number;
  readonly owner?: number;
}

/** Runs a script as the plugin of a kubeconfig in a folder of its own; `folder` is that one. */
async function run(script: string, { plugin, host, cluster, mode = 0o600, owner = 1000 }: Setting = {}) {
  const command = await writeFiles(await tempFolder(), { plugin: `#!/bin/sh\n${script}\n` });
  await chmod(command, 0o755);
  const folder = dirname(command);
  const file = { path: join(folder, 'config'), uid: owner, mode };
  const defaults = {
    args: [],
    env: [],
    apiVersion: V1,
    interactiveMode: 'Never',
    installHint: '',
    provideClusterInfo: false,
  };
  const chosen: ExecPlugin = { command, ...defaults, ...plugin };
  const user: User = {
    name: 'me',
    file,
    login: { kind: 'exec', plugin: chosen },
    impersonate: '',
    impersonatesMore: false,
  };
  const server = { name: 'c', file, server: 'https://x:6443', ca: undefined, tlsServerName: '' };
  const all: Cluster = { ...server, insecure: false, proxyUrl: '', execConfig: '', ...cluster };
  const computer = { env: { PATH: process.env.PATH }, platform: process.platform, uid: 1000, ...host };
  return { credential: runExecPlugin(chosen, user, all, computer), folder };
}

const failure = (message: string, hint = '', code = 'plugin') =>
  expect.objectContaining({ code, message: expect.stringContaining(message), hint: expect.stringContaining(hint) });

describe.skipIf(process.platform === 'win32')('an exec plugin (its scripts need a POSIX shell)', () => {
  test('gives a token, which may never end', async () => {
    const { credential } = await run(saying(answer({ token: 'abc', expirationTimestamp: '2030-01-02T03:04:05Z' })));
    const expires = Date.UTC(2030, 0, 2, 3, 4, 5);
    expect(await credential).toEqual({ token: 'abc', certificate: '', key: '', expires });
    expect(await (await run(saying(answer({ token: 'abc' })))).credential).toMatchObject({ expires: Infinity });
  });

  test('gives a certificate, whose own end counts if it comes first', async context => {
    if (authority === undefined) return context.skip('there is no openssl program');
    const { certificate, key } = authority.issue(1);
    const status = {
      clientCertificateData: certificate,
      clientKeyData: key,
      expirationTimestamp: '2099-01-01T00:00:00Z',
    };
    const credential = await (await run(saying(answer(status)))).credential;
    expect(credential).toMatchObject({ certificate, key, token: '' });
    expect(Math.abs(credential.expires - (Date.now() + 86_400_000))).toBeLessThan(60_000);
  });

  test('gets its arguments, its environment on top of ours, the folder of its kubeconfig and no input', async () => {
    const script = `cat > said; { pwd; echo "$1|$2"; echo "$OURS|$THEIRS|$BOTH"; } >> said\n${saying(answer({ token: 't' }))}`;
    const { credential, folder } = await run(script, {
      plugin: {
        args: ['$(touch hole)', 'two words'],
        env: [
          { name: 'THEIRS', value: 'theirs' },
          { name: 'BOTH', value: 'theirs' },
        ],
      },
      host: { env: { PATH: process.env.PATH, OURS: 'ours', BOTH: 'ours' } },
    });
    await credential;
    expect(await readFile(join(folder, 'said'), 'utf8')).toBe(
      `${folder}\n$(touch hole)|two words\nours|theirs|theirs\n`,
    );
  });

  describe('is asked with', () => {
    const script = `printf %s "$KUBERNETES_EXEC_INFO" > info\n${saying(answer({ token: 't' }))}`;
    const info = async (setting: Setting) => {
      const { credential, folder } = await run(script, setting);
      await credential;
      return JSON.parse(await readFile(join(folder, 'info'), 'utf8'));
    };

    test('nothing about the cluster unless it wants to know', async () => {
      expect(await info({})).toEqual({ kind: 'ExecCredential', apiVersion: V1, spec: { interactive: false } });
    });

    test('the cluster, in the words of the protocol', async () => {
      const ca = { kind: 'inline', base64: 'YWJj' } as const;
      const full = { ca, tlsServerName: 'n', proxyUrl: 'http://p', execConfig: '{"audience":["a"]}' };
      expect((await info({ plugin: { provideClusterInfo: true }, cluster: full })).spec.cluster).toEqual({
        server: 'https://x:6443',
        'tls-server-name': 'n',
        'certificate-authority-data': 'YWJj',
        'proxy-url': 'http://p',
        config: { audience: ['a'] },
      });
      expect((await info({ plugin: { provideClusterInfo: true }, cluster: { insecure: true } })).spec.cluster).toEqual({
        server: 'https://x:6443',
        'insecure-skip-tls-verify': true,
      });
    });

    test('the authority itself where the kubeconfig names a file', async () => {
      const path = await writeFiles(await tempFolder(), { 'ca.crt': 'PEM' });
      const { spec } = await info({ plugin: { provideClusterInfo: true }, cluster: { ca: { kind: 'file', path } } });
      expect(spec.cluster['certificate-authority-data']).toBe('UEVN');
    });
  });

  test.each([
    { says: 'oops', told: 'it is not JSON' },
    { says: '5', told: 'it must be a mapping' },
    { says: '{}', told: `it must be an ExecCredential of ${V1}` },
    { says: answer({ token: 't' }).replace('/v1"', '/v1beta1"'), told: `it must be an ExecCredential of ${V1}` },
    { says: answer({}), told: 'it has neither a token nor a certificate' },
    { says: answer({ token: 5 }), told: 'status.token must be text' },
    { says: answer({ token: 'a\nb' }), told: 'its token has characters that no token has' },
    { says: answer({ token: 't', clientKeyData: 'k' }), told: 'it has only one of certificate and key' },
    { says: answer({ clientCertificateData: 'c' }), told: 'it has only one of certificate and key' },
    { says: answer({ clientCertificateData: 'c', clientKeyData: 'k' }), told: 'its certificate is not one' },
    { says: answer({ token: 't', expirationTimestamp: 'soon' }), told: 'its expirationTimestamp is no time' },
  ])('that answers what it should not: $told ($says)', async ({ says, told }) => {
    await expect((await run(saying(says))).credential).rejects.toEqual(
      failure(`gave an answer that cannot be used: ${told}`),
    );
  });

  test('that fails says so in its own words, cleaned and cut', async () => {
    const { credential } = await run("printf 'log in\\n\\033[31mfirst\\033[0m\\007' >&2; exit 3");
    await expect(credential).rejects.toEqual(failure('plugin" failed (3): log in first', 'Run it in a terminal'));
    const loud = await run("yes | head -c 100000 >&2; echo 'the end' >&2; exit 1");
    const error = await loud.credential.catch(error => error);
    expect(error.message.length).toBeLessThan(700);
    expect(error.message).toMatch(/y y the end\.$/);
  });

  test.each([
    { script: 'echo thinking >&2; sleep 60', told: failure('did not answer within 0.5 s: thinking.') },
    { script: 'yes', told: failure('wrote more than 1 MiB and was stopped.') },
    { script: 'sleep 60', signal: AbortSignal.abort(), told: failure('was stopped.', '', 'interrupted') },
  ])('that goes on for ever is ended: $script', async ({ script, signal, told }) => {
    const { credential } = await run(script, { host: { timeoutMs: 500, ...(signal && { signal }) } });
    await expect(credential).rejects.toEqual(told);
  });

  test('that is not there: the PATH that was searched, and the hint of whoever wrote the kubeconfig', async () => {
    const plugin = { command: 'no-such-plugin', installHint: 'brew install\nno-such-plugin' };
    const { credential } = await run('', { plugin, host: { env: { PATH: '/nowhere:/else' } } });
    const message = 'The plugin "no-such-plugin" was not found; the PATH is /nowhere:/else.';
    await expect(credential).rejects.toEqual(failure(message, 'brew install no-such-plugin'));
    const without = await run('', { plugin: { command: 'no-such-plugin' }, host: { env: {} } });
    await expect(without.credential).rejects.toEqual(failure('the PATH is empty.', 'write its full path'));
  });

  test.each([
    { plugin: { interactiveMode: 'Always' }, told: 'wants to ask in a terminal (interactiveMode: Always)' },
    { plugin: { apiVersion: 'client.authentication.k8s.io/v1alpha1' }, told: 'has an exec plugin of the version' },
    { plugin: { apiVersion: '' }, told: 'has an exec plugin of the version ""' },
    { plugin: { command: '' }, told: 'has an exec plugin without a command' },
  ])('is not even run: $told', async ({ plugin, told }) => {
    const { credential, folder } = await run('touch ran', { plugin });
    await expect(credential).rejects.toEqual(failure(told));
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  test.each([
    { title: "somebody else's", owner: 1000, mode: 0o600, allowed: false },
    { title: 'open to a group', owner: 0, mode: 0o660, allowed: false },
    { title: 'open to everybody', owner: 0, mode: 0o602, allowed: false },
    { title: "root's own", owner: 0, mode: 0o100644, allowed: true },
  ])('as root, with a kubeconfig that is $title: $allowed', async ({ owner, mode, allowed }) => {
    const setting = { owner, mode, host: { uid: 0 } };
    const { credential, folder } = await run(`touch ran\n${saying(answer({ token: 't' }))}`, setting);
    const refusal = failure(`config can be changed by others`, 'Run this without sudo', 'kubeconfig');
    if (allowed) expect(await credential).toMatchObject({ token: 't' });
    else await expect(credential).rejects.toEqual(refusal);
    expect(existsSync(join(folder, 'ran'))).toBe(allowed);
  });
});
