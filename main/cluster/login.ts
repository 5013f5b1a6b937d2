import { createSecureContext } from 'node:tls';
import { AppError } from '../errors.ts';
import type { ExecCredential } from './exec-credential.ts';
import type { StaticLogin, User } from './kubeconfig-entries.ts';
import { readPem, readReferencedFile } from './pem.ts';
import { plainText } from './plain-text.ts';
import { refuseForRoot } from './root-only.ts';

/** What a user shows to the server, read from wherever it lies; certificate and key are PEM, `''` is nothing. */
export interface Credentials {
  readonly token: string;
  readonly certificate: string;
  readonly key: string;
  readonly username: string;
  readonly password: string;
}

const NOTHING: Credentials = { token: '', certificate: '', key: '', username: '', password: '' };

/**
 * A user's credentials of this moment: files are read anew. `issued` is what the user's plugin handed out. Throws an
 * {@link AppError} for what cannot be read, does not fit together or is not supported; `uid` as in `PluginHost`.
 */
export async function readCredentials(
  user: User,
  issued: ExecCredential | undefined,
  uid: number | undefined,
): Promise<Credentials> {
  const { login } = user;
  if (login.kind === 'unsupported') throw unsupported(user, login.provider);
  const credentials = login.kind === 'static' ? await readStatic(login, user, uid) : { ...NOTHING, ...issued };
  checkPair(credentials, user);
  return credentials;
}

async function readStatic(login: StaticLogin, user: User, uid: number | undefined): Promise<Credentials> {
  const { token, username, password } = login;
  const certificate = login.certificate ? await readPem(login.certificate, 'client certificate', user.file) : '';
  const key = login.key ? await readPem(login.key, 'client key', user.file) : '';
  if (login.tokenFile === '') return { token, certificate, key, username, password };
  refuseForRoot(user.file, uid, `sending what is in the token file ${login.tokenFile}`);
  const fromFile = (await readReferencedFile(login.tokenFile, 'token file', user.file)).toString().trim();
  if (fromFile === '') {
    throw new AppError(
      'kubeconfig',
      `The token file ${login.tokenFile} is empty.`,
      'Log in again, or put a token there.',
    );
  }
  return { token: fromFile, certificate, key, username, password };
}

/** Said here, before a connection fails with OpenSSL's own words for it. */
function checkPair({ certificate, key, token }: Credentials, { name, file }: User): void {
  const entry = `user "${plainText(name)}" in ${file.path}`;
  const hint = 'Copy the kubeconfig again from where it was made (K3s: /etc/rancher/k3s/k3s.yaml on a server).';
  if (!/^[\x21-\x7e]*$/.test(token)) {
    throw new AppError('kubeconfig', `The token of ${entry} has characters that no token has.`, hint);
  }
  if ((certificate === '') !== (key === '')) {
    throw new AppError('kubeconfig', `The ${entry} has only one of client certificate and client key.`, hint);
  }
  try {
    if (certificate !== '') createSecureContext({ cert: certificate, key });
  } catch (cause) {
    const message = `The client certificate and key of ${entry} cannot be used: they are damaged, or do not belong together.`;
    throw new AppError('kubeconfig', message, hint, { cause });
  }
}

/** gcp and azure were part of kubectl until 1.26 took them out; each has a program that does the same. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  ['gcp', 'Install gke-gcloud-auth-plugin and run "gcloud container clusters get-credentials" again.'],
  ['azure', 'Install kubelogin and run "kubelogin convert-kubeconfig".'],
]);

function unsupported({ name, file }: User, provider: string): AppError {
  const entry = `User "${plainText(name)}" in ${file.path}`;
  const message = `${entry} logs in with the auth-provider "${plainText(provider)}", which is not supported (Kubernetes 1.26 removed such providers).`;
  const hint = SUCCESSORS.get(provider) ?? 'Use a token, a certificate or an exec plugin there.';
  return new AppError('kubeconfig', message, hint);
}
