import { dirname, resolve } from 'node:path';
import type { Cluster, ConfigFile, Context, ExecPlugin, Login, Pem, StaticLogin, User } from './kubeconfig-entries.ts';
import { Malformed, Section } from './section.ts';

/** What one kubeconfig holds, before it is merged with others. */
export interface ParsedKubeconfig {
  readonly currentContext: string;
  readonly clusters: readonly Cluster[];
  readonly users: readonly User[];
  readonly contexts: readonly Context[];
}

/**
 * Reads a kubeconfig's data, as far as this program needs it. Relative paths are resolved against the file's folder.
 * Throws {@link Malformed} for a wrong type and, as kubectl does, for a name that is defined twice.
 */
export function parseKubeconfig(document: unknown, file: ConfigFile): ParsedKubeconfig {
  const root = new Section(document, '');
  if (!['', 'Config'].includes(root.text('kind')) || !['', 'v1'].includes(root.text('apiVersion'))) {
    throw new Malformed('it is not a kubeconfig: apiVersion must be v1 and kind must be Config');
  }
  return {
    currentContext: root.text('current-context'),
    clusters: unique(root, 'clusters', entry => parseCluster(entry, file)),
    users: unique(root, 'users', entry => parseUser(entry, file)),
    contexts: unique(root, 'contexts', entry => parseContext(entry, file)),
  };
}

function unique<T extends { readonly name: string }>(root: Section, list: string, parse: (entry: Section) => T): T[] {
  const entries = root.sections(list).map(parse);
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) throw new Malformed(`${list} has "${name}" twice`);
    names.add(name);
  }
  return entries;
}

function parseCluster(entry: Section, file: ConfigFile): Cluster {
  const cluster = entry.section('cluster');
  const extensions = cluster.sections('extensions');
  const exec = extensions.find(extension => extension.text('name') === 'client.authentication.k8s.io/exec');
  return {
    name: entry.text('name'),
    file,
    server: cluster.text('server'),
    ca: parsePem(cluster, 'certificate-authority', file),
    tlsServerName: cluster.text('tls-server-name'),
    insecure: cluster.flag('insecure-skip-tls-verify'),
    proxyUrl: cluster.text('proxy-url'),
    execConfig: exec?.json('extension') ?? '',
  };
}

function parseContext(entry: Section, file: ConfigFile): Context {
  const context = entry.section('context');
  return {
    name: entry.text('name'),
    file,
    cluster: context.text('cluster'),
    user: context.text('user'),
    namespace: context.text('namespace'),
  };
}

function parseUser(entry: Section, file: ConfigFile): User {
  const user = entry.section('user');
  const groups = user.texts('as-groups');
  const extra = user.section('as-user-extra').names();
  return {
    name: entry.text('name'),
    file,
    login: parseLogin(user, file),
    impersonate: user.text('as'),
    impersonatesMore: user.text('as-uid') !== '' || groups.length > 0 || extra.length > 0,
  };
}

/** As in kubectl, a plugin is not asked where there is a credential already. */
function parseLogin(user: Section, file: ConfigFile): Login {
  const fixed = parseStatic(user, file);
  const exec = user.optional('exec');
  const plugin = exec && parseExec(exec, file);
  const provider = user.optional('auth-provider');
  if (provider !== undefined) {
    const name = provider.text('name');
    const config = provider.section('config').allTexts();
    return name === 'oidc' ? { kind: 'oidc', config } : { kind: 'unsupported', provider: name };
  }
  const { token, tokenFile, certificate, username } = fixed;
  const hasCredential = token !== '' || tokenFile !== '' || certificate !== undefined || username !== '';
  return plugin === undefined || hasCredential ? fixed : { kind: 'exec', plugin };
}

function parseStatic(user: Section, file: ConfigFile): StaticLogin {
  return {
    kind: 'static',
    token: user.text('token'),
    tokenFile: absolute(user.text('tokenFile'), file),
    certificate: parsePem(user, 'client-certificate', file),
    key: parsePem(user, 'client-key', file),
    username: user.text('username'),
    password: user.text('password'),
  };
}

function parseExec(exec: Section, file: ConfigFile): ExecPlugin {
  const command = exec.text('command');
  return {
    command: /[/\\]/.test(command) ? absolute(command, file) : command,
    args: exec.texts('args'),
    env: exec.sections('env').map(entry => ({ name: entry.text('name'), value: entry.text('value') })),
    apiVersion: exec.text('apiVersion'),
    interactiveMode: exec.text('interactiveMode'),
    installHint: exec.text('installHint'),
    provideClusterInfo: exec.flag('provideClusterInfo'),
  };
}

/** As in kubectl, data in the kubeconfig wins over a file. */
function parsePem(section: Section, name: string, file: ConfigFile): Pem | undefined {
  const base64 = section.base64(`${name}-data`);
  const path = absolute(section.text(name), file);
  if (base64 !== '') return { kind: 'inline', base64 };
  return path === '' ? undefined : { kind: 'file', path };
}

const absolute = (path: string, file: ConfigFile) => (path === '' ? '' : resolve(dirname(file.path), path));
