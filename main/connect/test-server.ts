import { release } from 'node:os';
import { Authenticator } from '../cluster/authenticate.ts';
import { MalformedError } from '../cluster/body.ts';
import { systemClock } from '../cluster/clock.ts';
import { Connection } from '../cluster/connection.ts';
import type { PluginHost } from '../cluster/exec-plugin.ts';
import { explainRequest } from '../cluster/explain.ts';
import type { Target } from '../cluster/kubeconfig-target.ts';
import { text } from '../cluster/raw.ts';
import { getJson } from '../cluster/requests.ts';
import type { AppError } from '../errors.ts';
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
    const failure = await explainRequest(error, target, login, host.platform);
    return { ok: false, failure: explainLocalNetwork(failure, host.platform, release()) };
  } finally {
    connection.close();
  }
}
