import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { base64, setUp } from './set-up-authenticator.ts';

const failure = (message: string, hint = '', code = 'kubeconfig') =>
  expect.objectContaining({ code, message: expect.stringContaining(message), hint: expect.stringContaining(hint) });

describe('what a request gets', () => {
  test.each([
    { title: 'nobody', user: {}, headers: {} },
    { title: 'a token', user: { token: 'abc' }, headers: { Authorization: 'Bearer abc' } },
    { title: 'a name and password', user: { username: 'a', password: 'b' }, headers: { Authorization: 'Basic YTpi' } },
    { title: 'acting as another', user: { as: 'boss' }, headers: { 'Impersonate-User': 'boss' } },
  ])('$title', async ({ user, headers }) => {
    const { authenticator } = await setUp({ user });
    expect(await authenticator.access()).toEqual({
      server: new URL('https://x:6443'),
      headers,
      tls: { rejectUnauthorized: true },
      agent: undefined,
    });
  });

  test('the TLS options of the cluster', async () => {
    const { authenticator } = await setUp({ cluster: { 'insecure-skip-tls-verify': true, 'tls-server-name': 'n' } });
    expect((await authenticator.access()).tls).toEqual({ rejectUnauthorized: false, servername: 'n' });
  });

  test('the path of the server, without a slash at its end', async () => {
    const { authenticator } = await setUp({ cluster: { server: 'https://rancher/k8s/clusters/c-1/' } });
    expect((await authenticator.access()).server.href).toBe('https://rancher/k8s/clusters/c-1');
  });
});

describe('what is refused, and why', () => {
  const both = { 'certificate-authority-data': base64('x'), 'insecure-skip-tls-verify': true };
  const pair = { 'client-certificate-data': base64('x'), 'client-key-data': base64('y') };
  test.each([
    {
      cluster: { server: 'http://x:8080' },
      told: 'has the server http://x:8080: without TLS',
      hint: 'https:// address',
    },
    { cluster: { server: 'x:6443' }, told: 'has the server "x:6443", which is no https:// URL', hint: 'https://192' },
    { cluster: { server: '' }, told: 'The cluster "c" in', hint: 'https://192' },
    { cluster: { 'certificate-authority-data': base64('no') }, told: 'is not a certificate', hint: 'Copy' },
    { cluster: both, told: 'has both a certificate authority and insecure', hint: 'Take insecure-skip-tls-verify out' },
    { cluster: { 'certificate-authority': 'no.crt' }, told: 'no.crt does not exist', hint: 'It is named in ' },
    { cluster: { 'certificate-authority': '.' }, told: 'is not a regular file', hint: 'It is named in ' },
    { cluster: { 'proxy-url': 'ftp://p' }, told: 'is no http, https or socks5 URL', hint: 'Correct' },
    { cluster: { 'proxy-url': 'p:8080' }, told: 'is no http, https or socks5 URL', hint: 'Correct' },
    {
      user: { tokenFile: 'empty.tok' },
      files: { 'empty.tok': '\n' },
      told: 'empty.tok is empty',
      hint: 'Log in again',
    },
    { user: { tokenFile: 'no.tok' }, told: 'no.tok does not exist', hint: 'It is named in ' },
    { user: { token: 'a b' }, told: 'The token of user "u"', hint: 'Copy' },
    { user: { 'client-key-data': base64('x') }, told: 'only one of client certificate and client key', hint: 'Copy' },
    { user: pair, told: 'The client certificate and key of user "u"', hint: 'Copy' },
    { user: { 'auth-provider': { name: 'gcp' } }, told: 'auth-provider "gcp"', hint: 'gke-gcloud-auth-plugin' },
    { user: { 'auth-provider': { name: 'azure' } }, told: 'auth-provider "azure"', hint: 'kubelogin' },
    { user: { 'auth-provider': { name: 'constructor' } }, told: 'auth-provider "constructor"', hint: 'exec plugin' },
  ])('$told', async setting => {
    const { authenticator } = await setUp(setting);
    await expect(authenticator.access()).rejects.toEqual(failure(setting.told, setting.hint));
    await expect(authenticator.kubeConfig()).rejects.toEqual(failure(setting.told, setting.hint));
  });

  test('a name that no header can hold', async () => {
    const { authenticator } = await setUp({ user: { as: 'snow ☃' } });
    await expect(authenticator.access()).rejects.toEqual(failure('cannot be sent in a header', 'Correct it in'));
  });

  test('as root: to send a file away on the word of a kubeconfig that others can change', async () => {
    const setting = { user: { tokenFile: 'tok' }, files: { tok: 'secret' }, uid: 0, mode: 0o666 };
    const { authenticator } = await setUp(setting);
    await expect(authenticator.access()).rejects.toEqual(failure('config can be changed by others', 'without sudo'));
  });
});

describe('over time', () => {
  test('a token file is read again after a minute, and trimmed', async () => {
    const { authenticator, world, folder } = await setUp({ user: { tokenFile: 'tok' }, files: { tok: 'one\n' } });
    const first = await authenticator.access();
    expect(first.headers).toEqual({ Authorization: 'Bearer one' });
    await writeFile(join(folder, 'tok'), 'two\n');
    world.now += 59_999;
    expect(await authenticator.access()).toBe(first);
    world.now += 1;
    const second = await authenticator.access();
    expect(second.headers).toEqual({ Authorization: 'Bearer two' });
    expect(second.tls).toBe(first.tls);
  });

  test('it is the same object while nothing changes, also for all who ask at once', async () => {
    const { authenticator, world } = await setUp({ user: { tokenFile: 'tok' }, files: { tok: 'one' } });
    const [first, second] = await Promise.all([authenticator.access(), authenticator.access()]);
    expect(second).toBe(first);
    world.now += 120_000;
    expect(await authenticator.access()).toBe(first);
    expect(await authenticator.access(first)).toBe(first);
  });

  test('after a refusal the file is read at once, but not for a refusal of long ago', async () => {
    const { authenticator, folder } = await setUp({ user: { tokenFile: 'tok' }, files: { tok: 'one' } });
    const first = await authenticator.access();
    await writeFile(join(folder, 'tok'), 'two');
    const second = await authenticator.access(first);
    expect(second.headers).toEqual({ Authorization: 'Bearer two' });
    await writeFile(join(folder, 'tok'), 'three');
    expect(await authenticator.access(first)).toBe(second);
  });

  test('a plugin is run once, and again after a refusal; client-node gets its token and no plugin', async context => {
    context.skip(process.platform === 'win32', 'the plugin is a script of the shell');
    const apiVersion = 'client.authentication.k8s.io/v1';
    const answer = `{"kind":"ExecCredential","apiVersion":"${apiVersion}","status":{"token":"'$(wc -c < runs | tr -d " ")'"}}`;
    const { authenticator, world, folder } = await setUp({
      user: { exec: { command: './plugin', apiVersion, interactiveMode: 'IfAvailable' } },
      files: { plugin: `#!/bin/sh\nprintf x >> runs; echo '${answer}'\n` },
    });
    const first = await authenticator.access();
    expect(first.headers).toEqual({ Authorization: 'Bearer 1' });
    world.now += 600_000;
    expect(await authenticator.access()).toBe(first);
    const second = await authenticator.access(first);
    expect(second.headers).toEqual({ Authorization: 'Bearer 2' });
    expect(await authenticator.access(first)).toBe(second);
    const { users } = await authenticator.kubeConfig();
    expect(users).toMatchObject([{ token: '2' }]);
    expect(users[0]).not.toHaveProperty('exec');
    expect(await readFile(join(folder, 'runs'), 'utf8')).toBe('xx');
  });

  test('an OpenID Connect token is used while it is valid; what fails in renewing it is told', async () => {
    const jwt = (exp: number) =>
      ['{}', `{"exp":${exp}}`, 's'].map(part => Buffer.from(part).toString('base64url')).join('.');
    const provider = (token: string) => ({
      user: {
        'auth-provider': {
          name: 'oidc',
          config: {
            'id-token': token,
            'client-id': 'c',
            'refresh-token': 'r',
            'idp-issuer-url': 'https://127.0.0.1:1',
          },
        },
      },
    });
    const valid = jwt(4_000_000_000);
    const { authenticator } = await setUp(provider(valid));
    expect((await authenticator.access()).headers).toEqual({ Authorization: `Bearer ${valid}` });
    const expired = await setUp(provider(jwt(1)));
    const told = failure('could not be renewed at https://127.0.0.1:1.', 'Log in again', 'unauthorized');
    await expect(expired.authenticator.access()).rejects.toEqual(told);
  });
});

test('client-node gets this one cluster, user and context', async () => {
  const { authenticator } = await setUp({ user: { token: 't' } });
  const config = await authenticator.kubeConfig();
  expect(config.getClusters().map(({ server }) => server)).toEqual(['https://x:6443']);
  expect(config.getUsers()).toHaveLength(1);
  expect(config.getContexts()).toEqual([{ name: 'x', cluster: 'x', user: 'x', namespace: 'n' }]);
});
