import { release } from 'node:os';
import { Authenticator } from '../cluster/authenticate.ts';
import { MalformedError } from '../cluster/body.ts';
import { systemClock } from '../cluster/clock.ts';
import { Connection } from '../cluster/connection.ts';
import type { PluginHost } from '../cluster/exec-plugin.ts';
import { explainFailure, type Failure } from '../cluster/failure.ts';
import { text } from '../cluster/fields.ts';
import type { Target } from '../cluster/kubeconfig-target.ts';
import { getJson, StatusError } from '../cluster/requests.ts';
import { AppError } from '../errors.ts';
import { explainLocalNetwork } from './network-permission.ts';

/** What came of asking a cluster for its version. */
export type ServerTest =
  | { readonly ok: true; readonly version: string }
  | { readonly ok: false; readonly failure: AppError };

/** Somebody waits in front of the window: less patience than in the background. */
const PATIENCE_MS = 8_000;

/**
 * Connects to a target as it would be used, with its login, and asks for the version. A program is run for it only if
 * the `host` allows it. Does not throw.
 */
export async function testServer(target: Target, host: PluginHost, signal: AbortSignal): Promise<ServerTest> {
  const login = new Authenticator(target, { ...host, signal });
  const connection = new Connection(login, PATIENCE_MS);
  const context = { connection, accept: 'application/json', clock: systemClock, signal };
  try {
    const { gitVersion } = await getJson('/version', context);
    if (text(gitVersion) === '') throw new MalformedError('no version');
    return { ok: true, version: text(gitVersion) };
  } catch (error) {
    return { ok: false, failure: await explain(error, target, login, host.platform) };
  } finally {
    connection.close();
  }
}

async function explain(error: unknown, { cluster }: Target, login: Authenticator, platform: NodeJS.Platform) {
  // The login itself failed: to ask it again would run its program again.
  if (error instanceof AppError) return error;
  const access = await login.access().catch(() => undefined);
  const attempt = {
    server: access?.server ?? URL.parse(cluster.server) ?? new URL('https://localhost'),
    proxyUrl: cluster.proxyUrl,
    certificate: access?.tls.cert ?? '',
    file: cluster.file.path,
    platform,
  };
  return explainLocalNetwork(explainFailure(failureOf(error), attempt, new Date()), platform, release());
}

function failureOf(error: unknown): Failure {
  if (error instanceof StatusError) return { kind: 'status', status: error.status, message: error.message };
  return error instanceof MalformedError ? { kind: 'malformed' } : { kind: 'error', error };
}
