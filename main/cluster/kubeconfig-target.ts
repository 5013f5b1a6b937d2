import { AppError } from '../errors.ts';
import type { Kubeconfig } from './kubeconfig.ts';
import type { Cluster, Context, User } from './kubeconfig-entries.ts';
import { plainText } from './plain-text.ts';

/** A context with the cluster and the user that it names: all that is needed to connect. */
export interface Target {
  readonly context: Context;
  readonly cluster: Cluster;
  readonly user: User;
}

/**
 * The context of that name, or the current one. Nothing is guessed: without a usable context, and where its cluster or
 * user is not defined, it throws an {@link AppError} that says what there is instead.
 */
export function chooseTarget(config: Kubeconfig, contextName = config.currentContext): Target {
  const context = config.contexts.get(contextName);
  if (context === undefined) throw noContext(config, contextName);
  const cluster = config.clusters.get(context.cluster);
  if (cluster === undefined) throw undefinedEntry(config, context, 'cluster');
  const user = context.user === '' ? anonymous(context) : config.users.get(context.user);
  if (user === undefined) throw undefinedEntry(config, context, 'user');
  return { context, cluster, user };
}

/** What the user should know about a target before it is used: whole sentences. */
export function targetWarnings({ cluster, user }: Target): string[] {
  const warnings: string[] = [];
  if (cluster.insecure) {
    warnings.push(`The certificate of cluster "${plainText(cluster.name)}" is not checked (insecure-skip-tls-verify).`);
  }
  if (user.impersonate !== '') warnings.push(`Requests are made as user "${plainText(user.impersonate)}" (as).`);
  if (user.impersonatesMore) warnings.push('The fields as-uid, as-groups and as-user-extra are not supported.');
  return warnings;
}

function noContext({ contexts, files, problems }: Kubeconfig, name: string): AppError {
  if (contexts.size === 0 && problems.length > 0) {
    const hint = 'Correct the file or its permissions, or name another one with --kubeconfig.';
    return new AppError('kubeconfig', problems.map(({ message }) => message).join(' '), hint);
  }
  if (contexts.size === 0) {
    const places = files.length === 0 ? 'KUBECONFIG names no file' : `looked for contexts in ${files.join(', ')}`;
    return new AppError(
      'kubeconfig',
      `There is no kubeconfig to use (${places}).`,
      "Copy /etc/rancher/k3s/k3s.yaml from a K3s server to ~/.kube/config and put the server's address in place of 127.0.0.1.",
    );
  }
  const known = [...contexts.keys()].map(context => `"${plainText(context)}"`).join(', ');
  const message = name === '' ? 'No context is chosen.' : `There is no context "${plainText(name)}" in the kubeconfig.`;
  return new AppError('kubeconfig', message, `Choose one with --context: ${known}.`);
}

function undefinedEntry({ problems }: Kubeconfig, context: Context, kind: 'cluster' | 'user'): AppError {
  const message = `Context "${plainText(context.name)}" names the ${kind} "${plainText(context[kind])}", which no kubeconfig defines.`;
  const hint = `Correct the context in ${context.file.path}, or choose another one with --context.`;
  return new AppError('kubeconfig', message, problems[0] ? `${problems[0].message} ${hint}` : hint);
}

function anonymous({ file }: Context): User {
  const login = {
    kind: 'static',
    token: '',
    tokenFile: '',
    certificate: undefined,
    key: undefined,
    username: '',
    password: '',
  } as const;
  return { name: '', file, login, impersonate: '', impersonatesMore: false };
}
