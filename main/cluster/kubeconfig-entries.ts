/** The entries of kubeconfigs, as this program uses them. Text that is not given is `''`; paths are absolute. */

/** The file an entry comes from; owner and mode are those of the bytes that were read. */
export interface ConfigFile {
  readonly path: string;
  readonly uid: number;
  readonly mode: number;
}

interface Entry {
  readonly name: string;
  readonly file: ConfigFile;
}

/** A certificate or key: in the kubeconfig itself (base64 of PEM) or in a file of its own (PEM). */
export type Pem =
  | { readonly kind: 'inline'; readonly base64: string }
  | { readonly kind: 'file'; readonly path: string };

export interface Cluster extends Entry {
  /** As written, so not yet known to be a URL. */
  readonly server: string;
  readonly ca: Pem | undefined;
  readonly tlsServerName: string;
  readonly insecure: boolean;
  readonly proxyUrl: string;
  /** The extension `client.authentication.k8s.io/exec`, as JSON: handed to exec plugins that ask for the cluster. */
  readonly execConfig: string;
}

export interface Context extends Entry {
  readonly cluster: string;
  /** `''`: no user, that is anonymous. */
  readonly user: string;
  readonly namespace: string;
}

/** A program that hands out credentials (`client.authentication.k8s.io`). */
export interface ExecPlugin {
  /** An absolute path, or a plain name to be looked up on the PATH. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
  readonly apiVersion: string;
  readonly interactiveMode: string;
  readonly installHint: string;
  readonly provideClusterInfo: boolean;
}

/** Credentials that are there already. All of it may be empty: then the user is anonymous. */
export interface StaticLogin {
  readonly kind: 'static';
  readonly token: string;
  /** Wins over `token`, as in kubectl. */
  readonly tokenFile: string;
  readonly certificate: Pem | undefined;
  readonly key: Pem | undefined;
  readonly username: string;
  readonly password: string;
}

export type Login =
  | StaticLogin
  | { readonly kind: 'exec'; readonly plugin: ExecPlugin }
  | { readonly kind: 'oidc'; readonly config: ReadonlyMap<string, string> }
  | { readonly kind: 'unsupported'; readonly provider: string };

export interface User extends Entry {
  readonly login: Login;
  /** `as`: the user to act as. */
  readonly impersonate: string;
  /** Whether `as-uid`, `as-groups` or `as-user-extra` is set, which are not carried out. */
  readonly impersonatesMore: boolean;
}
