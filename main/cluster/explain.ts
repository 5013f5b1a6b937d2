import { AppError } from '../errors.ts';
import type { Authenticator } from './authenticate.ts';
import { MalformedError } from './body.ts';
import { explainFailure, type Failure } from './failure.ts';
import type { Target } from './kubeconfig-target.ts';
import { StatusError } from './requests.ts';

/** Whatever went wrong with a request to a target, in words. */
export async function explainRequest(
  error: unknown,
  { cluster }: Target,
  login: Authenticator,
  platform: NodeJS.Platform,
): Promise<AppError> {
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
  return explainFailure(failureOf(error), attempt, new Date());
}

function failureOf(error: unknown): Failure {
  if (error instanceof StatusError) return { kind: 'status', status: error.status, message: error.message };
  return error instanceof MalformedError ? { kind: 'malformed' } : { kind: 'error', error };
}
