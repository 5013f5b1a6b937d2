import type { RequestOptions } from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { AppError } from '../errors.ts';
import { type Access, keepUnchanged, toAccess } from './access.ts';
import { type ApiServer, readApiServer } from './api-server.ts';
import { ExecCache } from './exec-cache.ts';
import type { ExecCredential } from './exec-credential.ts';
import { type PluginHost, runExecPlugin } from './exec-plugin.ts';
import type { Target } from './kubeconfig-target.ts';
import { type Credentials, readCredentials } from './login.ts';
import { plainText } from './plain-text.ts';

export type { Access } from './access.ts';

/** How long an access is handed out before the files behind it are read again. */
const KEEP_MS = 60_000;

interface Issued {
  readonly access: Access;
  readonly credential: ExecCredential | undefined;
  readonly at: number;
}

/** One target's credentials over time: plugins are run again, token files and certificates read again when due. */
export class Authenticator {
  readonly #target: Target;
  readonly #host: PluginHost;
  readonly #now: () => number;
  readonly #cache: ExecCache | undefined;
  /** client-node writes renewed tokens into it, so every KubeConfig shares it. */
  readonly #oidc: Record<string, string> | undefined;
  #issued: Issued | undefined;

  constructor(target: Target, host: PluginHost, now: () => number = Date.now) {
    const { user, cluster } = target;
    const { login } = user;
    this.#target = target;
    this.#host = host;
    this.#now = now;
    this.#cache =
      login.kind === 'exec' ? new ExecCache(() => runExecPlugin(login.plugin, user, cluster, host), now) : undefined;
    this.#oidc = login.kind === 'oidc' ? Object.fromEntries(login.config) : undefined;
  }

  /**
   * The access to use now: the same object as long as nothing about it changes, with the same `tls` as long as only
   * its headers change. After a 401 hand back the access that was `refused`, then the plugin is run and the files are
   * read at once; if the same object comes back, there is nothing newer. Throws an {@link AppError}.
   */
  async access(refused?: Access): Promise<Access> {
    const before = this.#issued;
    const isRefused = refused !== undefined && before?.access === refused;
    const credential = await this.#cache?.current(isRefused ? before.credential : undefined);
    const fresh = before !== undefined && this.#now() - before.at < KEEP_MS;
    if (fresh && !isRefused && before.credential === credential) return before.access;
    const built = await this.#build(credential);
    const access = keepUnchanged(this.#issued?.access, built);
    this.#issued = { access, credential, at: this.#now() };
    return access;
  }

  /**
   * A client-node configuration for one operation: only this cluster, user and context, with the credentials of this
   * moment in it, and nothing that client-node would run. Throws an {@link AppError}.
   */
  async kubeConfig(): Promise<KubeConfig> {
    const { server, credentials } = await this.#read(await this.#cache?.current());
    return await toKubeConfig(this.#target, server, credentials, this.#oidc);
  }

  async #read(credential: ExecCredential | undefined): Promise<{ server: ApiServer; credentials: Credentials }> {
    const { user, cluster } = this.#target;
    const server = await readApiServer(cluster);
    return { server, credentials: await readCredentials(user, credential, this.#host.uid) };
  }

  async #build(credential: ExecCredential | undefined): Promise<Access> {
    const { server, credentials } = await this.#read(credential);
    const isPlain = this.#oidc === undefined && this.#target.cluster.proxyUrl === '';
    const options = isPlain
      ? plainOptions(credentials, this.#target)
      : await this.#clientNodeOptions(server, credentials);
    return toAccess(options, this.#target, server, credentials);
  }

  async #clientNodeOptions(server: ApiServer, credentials: Credentials): Promise<RequestOptions> {
    const options: RequestOptions = {};
    const config = await toKubeConfig(this.#target, server, credentials, this.#oidc);
    try {
      await config.applyToHTTPSOptions(options);
      return options;
    } catch (cause) {
      if (this.#oidc === undefined) throw cause;
      const issuer = plainText(this.#oidc['idp-issuer-url'] ?? '');
      throw new AppError('unauthorized', `The login could not be renewed at ${issuer}.`, 'Log in again.', { cause });
    }
  }
}

/**
 * What client-node's KubeConfig gives for a login that nobody has to renew, and no proxy: most clusters. Loading
 * client-node for it would take longer than all the rest of a start, and a third of the memory.
 */
function plainOptions({ token, username, password }: Credentials, { user }: Target): RequestOptions {
  const bearer = token === '' ? {} : { Authorization: `Bearer ${token}` };
  const impersonate = user.impersonate === '' ? {} : { 'Impersonate-User': user.impersonate };
  return { headers: { ...impersonate, ...bearer }, ...(username === '' ? {} : { auth: `${username}:${password}` }) };
}

/** Everything by value: client-node would read files itself, without asking what kind of file it is. */
async function toKubeConfig(
  { cluster, user, context }: Target,
  server: ApiServer,
  credentials: Credentials,
  oidc: Record<string, string> | undefined,
): Promise<KubeConfig> {
  const { KubeConfig } = await import('@kubernetes/client-node/dist/config.js');
  const { name, namespace } = context;
  const { tlsServerName, proxyUrl, insecure } = cluster;
  const { certificate, key, token, username, password } = credentials;
  const config = new KubeConfig();
  config.clusters = [
    {
      name,
      server: server.url.href.replace(/\/$/, ''),
      caData: toBase64(server.ca),
      tlsServerName,
      proxyUrl,
      skipTLSVerify: insecure,
    },
  ];
  config.users = [
    {
      name,
      token,
      username,
      password,
      certData: toBase64(certificate),
      keyData: toBase64(key),
      ...(user.impersonate === '' ? {} : { impersonateUser: user.impersonate }),
      ...(oidc === undefined ? {} : { authProvider: { name: 'oidc', config: oidc } }),
    },
  ];
  config.contexts = [{ name, cluster: name, user: name, ...(namespace === '' ? {} : { namespace }) }];
  config.currentContext = name;
  return config;
}

const toBase64 = (pem: string) => Buffer.from(pem).toString('base64');
