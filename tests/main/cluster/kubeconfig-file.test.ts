import { execFileSync } from 'node:child_process';
import { chmod, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { load, loadText } from './load-text.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

describe('how users log in', () => {
  const login = async (user: string) => (await loadText(`users: [{name: u, user: ${user}}]`)).users.get('u')?.login;
  const plugin = 'exec: {command: p}';

  test.each([
    { user: '{}', expected: { kind: 'static', token: '' } },
    { user: '{token: t}', expected: { kind: 'static', token: 't' } },
    { user: '{username: me, password: secret}', expected: { kind: 'static', username: 'me', password: 'secret' } },
    { user: '{client-certificate-data: YWI=, client-certificate: x}', expected: { certificate: { kind: 'inline' } } },
    { user: `{${plugin}}`, expected: { kind: 'exec', plugin: { command: 'p', args: [], provideClusterInfo: false } } },
    { user: `{${plugin}, token: t}`, expected: { kind: 'static', token: 't' } },
    { user: `{${plugin}, tokenFile: t}`, expected: { kind: 'static' } },
    { user: `{${plugin}, client-certificate: c}`, expected: { kind: 'static' } },
    { user: `{${plugin}, username: me}`, expected: { kind: 'static' } },
    { user: '{exec: null}', expected: { kind: 'static' } },
    { user: '{auth-provider: {name: oidc, config: {id-token: i}}}', expected: { kind: 'oidc' } },
    { user: '{auth-provider: {name: gcp}}', expected: { kind: 'unsupported', provider: 'gcp' } },
    { user: '{auth-provider: {name: gcp}, token: t}', expected: { kind: 'unsupported', provider: 'gcp' } },
    { user: `{auth-provider: {name: oidc}, ${plugin}}`, expected: { kind: 'oidc' } },
  ])('$user', async ({ user, expected }) => expect(await login(user)).toMatchObject(expected));
});

describe('what a file may hold', () => {
  test.each([
    { title: 'nothing', content: '' },
    { title: 'only comments', content: '# mine\n---\n' },
    { title: 'no kind', content: 'current-context: x' },
    { title: 'nulls', content: 'clusters: null\nusers:\n- null\ncontexts: [{name: a, context: null}]' },
    { title: 'the same key twice', content: 'current-context: a\ncurrent-context: b' },
    {
      title: 'fields from the future',
      content: 'clusters: [{name: a, cluster: {disable-compression: true, x: 5}, y: 6}]',
    },
    { title: 'a byte order mark', content: '\ufeffcurrent-context: x' },
    { title: 'UTF-16, as PowerShell writes it', content: Buffer.from('\ufeffcurrent-context: x', 'utf16le') },
    { title: 'anchors', content: 'x: &a {server: https://q}\nclusters: [{name: a, cluster: *a}]' },
    {
      title: 'base64 in lines',
      content: 'clusters: [{name: a, cluster: {certificate-authority-data: "YWJj\\nZGVm"}}]',
    },
    { title: 'a date for a name', content: 'users: [{name: 2024-01-01}]' },
  ])('fine: $title', async ({ content }) => expect((await loadText(content)).problems).toEqual([]));

  const aliases = `a: &a x\nb: [${'*a,'.repeat(101)}]`;
  const merges = `a: &a {${Array.from({ length: 200 }, (_, i) => `k${i}: 1`)}}\n${Array.from({ length: 99 }, (_, i) => `b${i}: {<<: *a}`).join('\n')}`;
  const bomb = `a0: &a0 [x,x]\n${Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i},*a${i}]`).join('\n')}`;
  const bombed = `${bomb}\nclusters: [{name: c, cluster: {extensions: [{name: client.authentication.k8s.io/exec, extension: *a40}]}}]`;
  test.each([
    { content: '- a', told: 'it must be a mapping' },
    { content: 'hello', told: 'it must be a mapping' },
    { content: 'a:\n\t- b', told: 'it is not valid YAML in line 2: tab characters' },
    { content: 'token: "secret\nother', told: 'it is not valid YAML in line' },
    { content: 'kind: Secret\napiVersion: v1', told: 'kind must be Config' },
    { content: 'kind: Config\napiVersion: v2', told: 'apiVersion must be v1' },
    { content: 'kind: Config\napiVersion: [1]', told: 'apiVersion must be text' },
    { content: 'kind: 5', told: 'kind must be text' },
    { content: 'current-context: 5', told: 'current-context must be text' },
    { content: 'clusters: {a: 1}', told: 'clusters must be a list' },
    { content: 'clusters: [5]', told: 'clusters[0] must be a mapping' },
    { content: 'clusters: [{name: a, cluster: []}]', told: 'clusters[0].cluster must be a mapping' },
    { content: 'clusters: [{cluster: {insecure-skip-tls-verify: "true"}}]', told: 'must be true or false' },
    {
      content: 'clusters: [{cluster: {certificate-authority-data: "YWI"}}]',
      told: 'certificate-authority-data must be base64',
    },
    {
      content: 'clusters: [{cluster: {certificate-authority-data: "__--"}}]',
      told: 'certificate-authority-data must be base64',
    },
    { content: 'users: [{name: 1}]', told: 'users[0].name must be text' },
    { content: 'users: [{}, {user: {token: 123}}]', told: 'users[1].user.token must be text' },
    { content: 'users: [{user: {exec: {args: a}}}]', told: 'users[0].user.exec.args must be a list' },
    { content: 'users: [{user: {exec: {args: [1]}}}]', told: 'users[0].user.exec.args must be a list of text' },
    { content: 'users: [{user: {exec: {env: [{value: 5}]}}}]', told: 'users[0].user.exec.env[0].value must be text' },
    {
      content: 'users: [{user: {auth-provider: {config: {a: 1}}}}]',
      told: 'users[0].user.auth-provider.config.a must be text',
    },
    { content: 'users: [{name: a}, {name: a}]', told: 'users has "a" twice' },
    { content: aliases, told: 'aliases exceeded' },
    { content: merges, told: 'merge keys exceeded' },
    { content: '{<<: 5}', told: 'cannot merge mappings' },
    { content: 'clusters: [{name: !!binary YWI=}]', told: 'unknown scalar tag' },
    { content: bombed, told: 'extensions[0].extension is too large' },
    { content: 'a: &a [*a]\nusers: *a', told: 'users[0] must be a mapping' },
    { content: `a: ${'['.repeat(2000)}`, told: 'nesting exceeded' },
    { content: Buffer.from([0x61, 0x3a, 0x20, 0xff]), told: 'it is not UTF-8 text' },
    { content: '#'.repeat(1024 * 1024 + 1), told: 'it is larger than 1 MiB' },
    { content: 'users: [{name: "\\e[31m\\u202e"}, {name: "\\e[31m\\u202e"}]', told: 'users has " " twice' },
  ])('told: $told', async ({ content, told }) => {
    const { problems, contexts } = await loadText(content);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain(told);
    expect(problems[0]?.message).not.toContain('secret');
    expect(contexts.size).toBe(0);
  });

  test('a folder, a pipe and a link that leads nowhere', async context => {
    context.skip(process.platform === 'win32', 'Windows has no such pipes');
    const folder = await tempFolder();
    const path = (name: string) => join(folder, name);
    execFileSync('mkfifo', [path('pipe')]);
    await symlink('nothing', path('dangling'));
    const { problems } = await load([folder, path('pipe'), path('dangling')]);
    expect(problems.map(problem => problem.message)).toEqual([
      `${folder} was left out: it is not a regular file.`,
      `${path('pipe')} was left out: it is not a regular file.`,
    ]);
  });

  test('a file of somebody else', async context => {
    context.skip(process.platform === 'win32' || process.getuid?.() === 0, 'root may read everything');
    const config = await writeFiles(await tempFolder(), { config: '' });
    await chmod(config, 0o000);
    expect((await load([config])).problems).toMatchObject([
      { message: expect.stringContaining('may not be read by this user') },
    ]);
  });

  test('fields that are taken over from another mapping', async () => {
    const { clusters } = await loadText(`
x: &x {server: https://x, insecure-skip-tls-verify: true}
clusters: [{name: c, cluster: {<<: *x, server: https://y}}]`);
    expect(clusters.get('c')).toMatchObject({ server: 'https://y', insecure: true });
  });

  test('an extension for exec plugins is kept as JSON', async () => {
    const text = 'extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: me, list: [1, true]}}]';
    const { clusters } = await loadText(`clusters: [{name: c, cluster: {${text}}}]`);
    expect(clusters.get('c')?.execConfig).toBe('{"audience":"me","list":[1,true]}');
  });
});
