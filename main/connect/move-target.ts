import { dirname, resolve } from 'node:path';
import { dump } from 'js-yaml';
import type { ConfigFile } from '../cluster/kubeconfig-entries.ts';
import type { Target } from '../cluster/kubeconfig-target.ts';
import { parseYaml } from '../cluster/kubeconfig-yaml.ts';
import { plainText } from '../cluster/plain-text.ts';
import { readRegularFile } from '../cluster/regular-file.ts';
import { Malformed } from '../cluster/section.ts';
import { AppError } from '../errors.ts';

/** The target with its server elsewhere; `tlsServerName` where the certificate there is for another name. */
export function moveTarget(target: Target, server: URL, tlsServerName = target.cluster.tlsServerName): Target {
  const written = server.pathname === '/' ? server.origin : server.href;
  return { ...target, cluster: { ...target.cluster, server: written, tlsServerName } };
}

/**
 * A kubeconfig of its own for a target: the entries as they are written, with its server in them and all under one
 * `name`; paths become absolute. Throws an {@link AppError} where an entry is not there any more.
 */
export async function writeKubeconfig({ context, cluster, user }: Target, name: string): Promise<string> {
  const moved = {
    ...(await readEntry(cluster.file, 'cluster', cluster.name, ['certificate-authority'])),
    server: cluster.server,
    ...(cluster.tlsServerName === '' ? {} : { 'tls-server-name': cluster.tlsServerName }),
  };
  const anonymous = user.name === '';
  const login = anonymous ? undefined : await readEntry(user.file, 'user', user.name, LOGIN_FILES);
  const inside = { cluster: name, ...(anonymous ? {} : { user: name }) };
  const namespace = context.namespace === '' ? {} : { namespace: context.namespace };
  const document = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: moved }],
    contexts: [{ name, context: { ...inside, ...namespace } }],
    users: anonymous ? [] : [{ name, user: login }],
  };
  // Other readers of YAML take `yes` or `1_000` for something else than text.
  return dump(document, { forceQuotes: true, lineWidth: -1 });
}

const LOGIN_FILES = ['client-certificate', 'client-key', 'tokenFile'];

type Fields = Readonly<Record<string, unknown>>;

/** What a file says about a cluster or a user; `files` are fields whose paths are relative to it. */
async function readEntry(
  file: ConfigFile,
  kind: 'cluster' | 'user',
  name: string,
  files: readonly string[],
): Promise<Fields> {
  const list = (await readFields(file.path))[`${kind}s`];
  const entry = (Array.isArray(list) ? list : []).map(fieldsOf).find(each => each.name === name);
  if (entry === undefined) {
    const message = `The ${kind} "${plainText(name)}" is not in ${file.path} any more.`;
    throw new AppError('kubeconfig', message, 'Try again with the file as it is now.');
  }
  const fields = withAbsolute(fieldsOf(entry[kind]), files, file);
  const { exec } = fields;
  if (exec === undefined || exec === null) return fields;
  const { command } = fieldsOf(exec);
  const isPath = typeof command === 'string' && /[/\\]/.test(command);
  return isPath ? { ...fields, exec: withAbsolute(fieldsOf(exec), ['command'], file) } : fields;
}

async function readFields(path: string): Promise<Fields> {
  const content = await readRegularFile(path);
  try {
    return content.kind === 'read' ? fieldsOf(parseYaml(content.bytes)) : {};
  } catch (error) {
    if (error instanceof Malformed) return {};
    throw error;
  }
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

function withAbsolute(fields: Fields, names: readonly string[], file: ConfigFile): Fields {
  const paths = names.flatMap(name => {
    const path = fields[name];
    return typeof path === 'string' && path !== '' ? [[name, resolve(dirname(file.path), path)]] : [];
  });
  return { ...fields, ...Object.fromEntries(paths) };
}
