import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { fc } from '@fast-check/vitest';
import { dump } from 'js-yaml';
import { beforeAll, expect, test } from 'vitest';
import { resolveCommand } from '../../../main/cluster/exec-command.ts';
import type { Kubeconfig } from '../../../main/cluster/kubeconfig.ts';
import type { ConfigFile, Pem } from '../../../main/cluster/kubeconfig-entries.ts';
import { readPem } from '../../../main/cluster/pem.ts';
import { FULL } from '../../arbitraries.ts';
import { load } from './load-text.ts';
import { tempFolder, writeFiles } from './temp-folder.ts';

const run = promisify(execFile);
let kubectl: string | undefined;
beforeAll(async () => {
  kubectl = await resolveCommand('kubectl', { env: process.env, platform: process.platform });
});

/** What kubectl prints, as far as it is looked into here. */
interface View {
  readonly contexts: readonly { readonly name: string }[] | null;
  readonly 'current-context': string;
}

/** What kubectl makes of these kubeconfigs; `undefined` if it gives up. */
async function view(paths: readonly string[], ...flags: string[]): Promise<View | undefined> {
  try {
    const env = { KUBECONFIG: [...paths, '', ''].join(delimiter), HOME: '/nowhere' };
    const { stdout } = await run(kubectl ?? '', ['config', 'view', '--raw', '--output=json', ...flags], { env });
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

// Few names, so that they collide; and the ones that trip over themselves.
const name = fc.constantFrom('a', 'b', 'default', '__proto__', 'é', '');
const text = fc.constantFrom('', 'x', 'true', '5', 'two words', '"\'#: {', '2024-01-01');
const path = fc.constantFrom('', 'ca.crt', './x/../ca.crt', '../up.crt', '/abs/ca.crt');
const base64 = fc.uint8Array({ maxLength: 6 }).map(bytes => Buffer.from(bytes).toString('base64'));
const partly = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record(fields, { requiredKeys: [] });

const cluster = partly({
  server: text,
  'certificate-authority': path,
  'certificate-authority-data': base64,
  'insecure-skip-tls-verify': fc.boolean(),
  'tls-server-name': text,
  'proxy-url': text,
  'disable-compression': fc.boolean(),
});
const exec = partly({
  command: fc.constantFrom('', 'plugin', './bin/plugin', '/abs/plugin'),
  args: fc.array(text, { maxLength: 2 }),
  env: fc.array(partly({ name: text, value: text }), { maxLength: 2 }),
  apiVersion: text,
  interactiveMode: fc.constantFrom('Never', 'Always'),
  provideClusterInfo: fc.boolean(),
  installHint: text,
});
const user = partly({
  token: text,
  tokenFile: path,
  'client-certificate': path,
  'client-certificate-data': base64,
  'client-key': path,
  username: text,
  password: text,
  as: text,
  'as-groups': fc.array(text, { maxLength: 2 }),
  exec: fc.option(exec),
  'auth-provider': fc.option(partly({ name: fc.constantFrom('oidc', 'gcp'), config: fc.dictionary(name, text) })),
});
const context = partly({ cluster: name, user: name, namespace: text });

const entries = <T>(kind: string, body: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.record({ name, [kind]: body }), { maxLength: 3, selector: entry => entry.name });
const document = partly({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Config'),
  clusters: entries('cluster', cluster),
  users: entries('user', user),
  contexts: entries('context', context),
  'current-context': name,
});
const peculiar = fc.constantFrom(
  '',
  '# none\n',
  'current-context: a\ncurrent-context: b',
  '---\ncurrent-context: a\n---\ncurrent-context: b',
  'x: &x {server: s}\nclusters: [{name: a, cluster: {<<: *x, proxy-url: p}}, {name: b, cluster: *x}]',
  'users:\n- name: 2024-01-01\n- null',
);
const good = fc.oneof(
  { arbitrary: document.map(value => JSON.stringify(value)), weight: 3 },
  { arbitrary: document.map(value => dump(value)), weight: 3 },
  { arbitrary: peculiar, weight: 1 },
);
const broken = fc.constantFrom(
  '- a',
  'a:\n\t- b',
  '{users: [{name: a}, {name: a}]}',
  '{clusters: [{name: 5}]}',
  '{users: [{user: {token: 5}}]}',
  '{contexts: {}}',
  'kind: Secret\napiVersion: v1',
);
const file = fc.oneof(
  { arbitrary: good, weight: 6 },
  { arbitrary: broken, weight: 1 },
  { arbitrary: fc.constant(undefined), weight: 1 },
);
/** Contents in the order of the variable; `undefined` is missing, `null` an empty part. */
const files = fc.array(fc.oneof({ arbitrary: file, weight: 8 }, { arbitrary: fc.constant(null), weight: 1 }), {
  maxLength: 4,
});

/** Kubeconfigs by what they say, wherever it is said. */
function contents({ clusters, users, contexts, currentContext }: Kubeconfig) {
  const bare = <T extends { file: ConfigFile }>(all: ReadonlyMap<string, T>) =>
    new Map([...all].map(([key, { file, ...rest }]) => [key, rest]));
  return { clusters: bare(clusters), users: bare(users), contexts: bare(contexts), currentContext };
}

test('merges as kubectl does, and goes on where kubectl gives up because of a broken file', {
  timeout: 600_000,
}, async at => {
  if (kubectl === undefined) return at.skip('kubectl is not on the PATH');
  const check = async (all: (string | null | undefined)[]) => {
    const folder = await tempFolder();
    const named = all.map((content, index) => ({ content, path: content === null ? '' : join(folder, `${index}`) }));
    const there = named.flatMap(({ content, path }) =>
      typeof content === 'string' ? [[path.slice(folder.length), content]] : [],
    );
    await writeFiles(folder, Object.fromEntries(there));
    const paths = named.map(({ path }) => path);
    const ours = await load(paths);
    const left = new Set(ours.problems.map(({ path }) => path));
    const theirs = await view(paths);
    expect(theirs === undefined).toBe(left.size > 0);
    const merged = theirs ?? (await view(paths.filter(path => !left.has(path))));
    expect([...ours.contexts.keys()].sort()).toEqual((merged?.contexts ?? []).map(({ name }) => name).sort());
    expect(ours.currentContext).toBe(merged?.['current-context']);
    // In the same folder, so that relative paths, which kubectl shows as written, mean the same.
    const shown = await load([await writeFiles(folder, { shown: JSON.stringify(merged) })]);
    expect(shown.problems).toEqual([]);
    expect(contents(ours)).toEqual(contents(shown));
  };
  await fc.assert(fc.asyncProperty(files, check), { numRuns: FULL ? 1000 : 15 });
});

test('finds the files that entries name where kubectl finds them', async at => {
  if (kubectl === undefined) return at.skip('kubectl is not on the PATH');
  const folder = await tempFolder();
  const entries = (name: string, ca: string, certificate: string) =>
    JSON.stringify({
      clusters: [{ name, cluster: { server: 'https://x', 'certificate-authority': ca } }],
      users: [{ name, user: { 'client-certificate': certificate, 'client-key': certificate } }],
      contexts: [{ name, context: { cluster: name, user: name } }],
    });
  await writeFiles(folder, {
    'one/config': entries('one', 'ca.crt', './deep/../../up.crt'),
    'two/config': entries('two', 'ca.crt', join(folder, 'up.crt')),
    'one/ca.crt': 'authority one',
    'two/ca.crt': 'authority two',
    'one/deep/x': '',
    'up.crt': 'certificate',
  });
  const paths = ['one', 'two'].map(name => join(folder, name, 'config'));
  const flat = await view(paths, '--flatten');
  const inlined = await load([await writeFiles(folder, { flat: JSON.stringify(flat) })]);
  const ours = await load(paths);
  const text = (pem: Pem | undefined) => pem && readPem(pem, 'file', { path: '', uid: 0, mode: 0 });
  for (const name of ['one', 'two']) {
    expect(await text(ours.clusters.get(name)?.ca)).toBe(`authority ${name}`);
    expect(await text(inlined.clusters.get(name)?.ca)).toBe(`authority ${name}`);
    const login = ours.users.get(name)?.login;
    const theirs = inlined.users.get(name)?.login;
    if (login?.kind !== 'static' || theirs?.kind !== 'static') throw new Error('not read as certificates');
    expect(await text(login.certificate)).toBe('certificate');
    expect(await text(login.certificate)).toBe(await text(theirs.certificate));
    expect(await text(login.key)).toBe(await text(theirs.key));
  }
});
