import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kubeconfigFiles, loadKubeconfig } from '../../../main/cluster/kubeconfig.ts';
import { chooseTarget, targetWarnings } from '../../../main/cluster/kubeconfig-target.ts';
import { load, loadText } from './load-text.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

const context = (name: string, cluster = 'c', user = 'u') =>
  `{name: ${name}, context: {cluster: ${cluster}, user: ${user}}}`;

const K3S = `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: YWJj
    server: https://127.0.0.1:6443
  name: default
contexts:
- context:
    cluster: default
    user: default
  name: default
current-context: default
kind: Config
preferences: {}
users:
- name: default
  user:
    client-certificate-data: YWJj
    client-key-data: YWJj
`;

describe('which files are read', () => {
  const at = (env: Record<string, string>, platform: NodeJS.Platform = 'linux') =>
    kubeconfigFiles({ env, home: platform === 'win32' ? 'C:\\Users\\me' : '/home/me', platform });

  test.each([
    { title: 'none named', files: at({}), expected: ['/home/me/.kube/config'] },
    { title: 'an empty variable', files: at({ KUBECONFIG: '' }), expected: ['/home/me/.kube/config'] },
    { title: 'several', files: at({ KUBECONFIG: '/a:/b' }), expected: ['/a', '/b'] },
    { title: 'empty parts', files: at({ KUBECONFIG: ':/a::/b:' }), expected: ['/a', '/b'] },
    { title: 'nothing but separators', files: at({ KUBECONFIG: '::' }), expected: [] },
    { title: 'Windows', files: at({ KUBECONFIG: 'C:\\a;D:\\b' }, 'win32'), expected: ['C:\\a', 'D:\\b'] },
    { title: 'Windows, none named', files: at({}, 'win32'), expected: ['C:\\Users\\me\\.kube\\config'] },
  ])('$title', ({ files, expected }) => expect(files).toEqual(expected));

  test('the file named by the user replaces all others, and must be there', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { other: 'current-context: other', mine: 'current-context: mine' });
    const location = { env: { KUBECONFIG: join(folder, 'other') }, home: folder, platform: 'linux' } as const;
    expect(await loadKubeconfig({ ...location, explicit: join(folder, 'mine') })).toMatchObject({
      currentContext: 'mine',
    });
    const missing = join(folder, 'missing');
    await expect(loadKubeconfig({ ...location, explicit: missing })).rejects.toMatchObject({
      code: 'kubeconfig',
      message: `There is no file ${missing}.`,
    });
  });
});

describe('merging', () => {
  test('the first definition of a name wins as a whole, the first current context that is not empty wins', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, {
      one: `{clusters: [{name: c, cluster: {server: https://one}}], contexts: [${context('x')}], current-context: ""}`,
      two: `{clusters: [{name: c, cluster: {server: https://two, tls-server-name: t}}, {name: d}], current-context: second}`,
      three: 'current-context: third',
    });
    const paths = ['one', 'missing', 'two', 'three'].map(name => join(folder, name));
    const config = await load(paths);
    expect(config.files).toEqual(paths);
    expect(config.problems).toEqual([]);
    expect(config.currentContext).toBe('second');
    expect(config.clusters.get('c')).toMatchObject({ server: 'https://one', tlsServerName: '' });
    expect([...config.clusters.keys()]).toEqual(['c', 'd']);
  });

  test('a broken file is told with its path, the others are used', async () => {
    const folder = await tempFolder();
    await writeFiles(folder, { broken: 'users: 5', good: K3S });
    const config = await load([join(folder, 'broken'), join(folder, 'good')]);
    const path = join(folder, 'broken');
    expect(config.problems).toEqual([{ path, message: `${path} was left out: users must be a list.` }]);
    expect([...config.contexts.keys()]).toEqual(['default']);
  });

  test('relative paths start at their own file, and a plain command stays one', async () => {
    const folder = await tempFolder();
    const entries = (command: string) => `
clusters: [{name: ${command}, cluster: {server: https://x, certificate-authority: ca/ca.crt}}]
users:
- {name: ${command}-cert, user: {client-certificate: ../c.crt, client-key: /abs/../k.pem}}
- {name: ${command}-file, user: {tokenFile: ./tok}}
- {name: ${command}-path, user: {exec: {command: bin/../${command}}}}
- {name: ${command}-name, user: {exec: {command: ${command}}}}`;
    await writeFiles(folder, { 'one/config': entries('p'), 'two/deep/config': entries('q') });
    const { clusters, users } = await load([join(folder, 'one/config'), join(folder, 'two/deep/config')]);
    const login = (name: string) => users.get(name)?.login;
    expect(clusters.get('q')?.ca).toEqual({ kind: 'file', path: join(folder, 'two/deep/ca/ca.crt') });
    expect(login('p-cert')).toMatchObject({ certificate: { path: join(folder, 'c.crt') }, key: { path: '/k.pem' } });
    expect(login('q-cert')).toMatchObject({ certificate: { path: join(folder, 'two/c.crt') } });
    expect(login('p-file')).toMatchObject({ tokenFile: join(folder, 'one/tok') });
    expect(login('q-path')).toMatchObject({ plugin: { command: join(folder, 'two/deep/q') } });
    expect(login('q-name')).toMatchObject({ plugin: { command: 'q' } });
  });

  test('names and keys that JavaScript objects take for something else', async () => {
    const users = 'users: [{name: __proto__, user: {token: t}}, {name: constructor}]';
    const config = await loadText(`{${users}, __proto__: {polluted: 1}, contexts: [${context('toString')}]}`);
    expect([...config.users.keys()]).toEqual(['__proto__', 'constructor']);
    expect(config.users.get('__proto__')?.login).toMatchObject({ token: 't' });
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const hidden = await loadText('{apiVersion: v1, kind: Config, __proto__: {current-context: hidden}}');
    expect(hidden).toMatchObject({ currentContext: '', problems: [] });
  });
});

describe('choosing a context', () => {
  test("K3s' own kubeconfig: the current context, with its cluster and user", async () => {
    const config = await loadText(K3S);
    const target = chooseTarget(config);
    expect(target).toMatchObject({
      context: { name: 'default', namespace: '' },
      cluster: { server: 'https://127.0.0.1:6443', ca: { kind: 'inline', base64: 'YWJj' } },
      user: { login: { kind: 'static', certificate: { base64: 'YWJj' }, key: { base64: 'YWJj' } } },
    });
    expect(chooseTarget(config, 'default')).toEqual(target);
    expect(targetWarnings(target)).toEqual([]);
  });

  test('a context without a user is anonymous', async () => {
    const { user } = chooseTarget(
      await loadText('{clusters: [{name: c}], contexts: [{name: x, context: {cluster: c}}]}'),
      'x',
    );
    expect(user.login).toMatchObject({ kind: 'static', token: '' });
  });

  const two = `{contexts: [${context('x')}, ${context('y')}], clusters: [{name: c}], current-context: z}`;
  test.each([
    { content: two, name: undefined, told: 'There is no context "z"', hint: 'Choose one with --context: "x", "y".' },
    { content: two, name: 'q', told: 'There is no context "q"', hint: '"x", "y"' },
    { content: two, name: 'x', told: 'Context "x" names the user "u", which no kubeconfig defines.', hint: 'config' },
    { content: `contexts: [${context('x')}]`, name: 'x', told: 'names the cluster "c"', hint: 'config' },
    { content: `contexts: [${context('x')}]`, name: undefined, told: 'No context is chosen.', hint: '"x"' },
    { content: '', name: undefined, told: 'There is no kubeconfig to use (looked for contexts in /', hint: 'k3s.yaml' },
    { content: 'users: 5', name: undefined, told: 'users must be a list', hint: 'Correct the file' },
  ])('refused: $told', async ({ content, name, told, hint }) => {
    const config = await loadText(content);
    const refusal = expect.objectContaining({
      code: 'kubeconfig',
      message: expect.stringContaining(told),
      hint: expect.stringContaining(hint),
    });
    expect(() => chooseTarget(config, name)).toThrow(refusal);
  });

  test('what is unusual about a target is said', async () => {
    const text = `
clusters: [{name: c, cluster: {insecure-skip-tls-verify: true}}]
users: [{name: u, user: {as: boss, as-groups: [g]}}]
contexts: [${context('x')}]`;
    expect(targetWarnings(chooseTarget(await loadText(text), 'x'))).toEqual([
      'The certificate of cluster "c" is not checked (insecure-skip-tls-verify).',
      'Requests are made as user "boss" (as).',
      'The fields as-uid, as-groups and as-user-extra are not supported.',
    ]);
  });
});
