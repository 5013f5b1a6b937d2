import type { PluginHost } from '../cluster/exec-plugin.ts';
import { causeOf } from '../cluster/failure-cause.ts';
import type { Target } from '../cluster/kubeconfig-target.ts';
import type { AppError } from '../errors.ts';
import { serverAt } from './local-address.ts';
import { moveTarget, writeKubeconfig } from './move-target.ts';
import { saveKubeconfig } from './save-kubeconfig.ts';
import { testServer } from './test-server.ts';

/** A kubeconfig that was saved, and the context in it to use. */
export interface SavedKubeconfig {
  readonly path: string;
  readonly context: string;
}

/** What to try, and where to save it; `name` is what file, context, cluster and user of the new kubeconfig are called. */
export interface AddressAttempt {
  readonly target: Target;
  readonly address: string;
  readonly name: string;
  /** `~/.kube`. */
  readonly folder: string;
  readonly host: PluginHost;
  readonly signal: AbortSignal;
}

/**
 * The name that every API server's certificate has, and only theirs: `localhost` is in the kubelets' too, so that any
 * node of the cluster could pass for the server.
 */
const API_SERVER_NAME = 'kubernetes';

/**
 * Tries a target's cluster at another address; where it answers and takes the login, saves a kubeconfig that says so.
 * A certificate that is not for that address is accepted by the API server's own name, if its authority is the
 * kubeconfig's. Throws an {@link AppError}; then nothing is saved.
 */
export async function connectAt({
  target,
  address,
  name,
  folder,
  host,
  signal,
}: AddressAttempt): Promise<SavedKubeconfig> {
  const server = serverAt(address, new URL(target.cluster.server));
  let moved = moveTarget(target, server);
  let test = await testServer(moved, host, signal);
  if (!test.ok && target.cluster.ca !== undefined && isForOtherName(test.failure)) {
    moved = moveTarget(target, server, API_SERVER_NAME);
    test = await testServer(moved, host, signal);
  }
  if (!test.ok) throw test.failure;
  const path = await saveKubeconfig(folder, name, await writeKubeconfig(moved, name));
  return { path, context: name };
}

/** A certificate of an API server, but not one for the address by which it was asked. */
function isForOtherName({ cause }: AppError): boolean {
  const found = causeOf(cause);
  return found.kind === 'wrong-name' && found.names.split(', ').includes(API_SERVER_NAME);
}
