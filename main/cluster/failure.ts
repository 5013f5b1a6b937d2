import { AppError, assertNever } from '../errors.ts';
import { causeOf } from './failure-cause.ts';
import { type Attempt, describeCause } from './failure-words.ts';
import { validity } from './pem.ts';
import { saying } from './plain-text.ts';

/** What came of a request instead of an answer that can be used. */
export type Failure =
  | { readonly kind: 'error'; readonly error: unknown }
  /** An HTTP status; `message` is that of the API's Status object, `''` if there was none. */
  | { readonly kind: 'status'; readonly status: number; readonly message: string }
  /** A body that is not what was asked for. */
  | { readonly kind: 'malformed' };

/**
 * Puts a failure into words: each kind has its own sentence and says what to do next. An {@link AppError} stays as it
 * is.
 */
export function explainFailure(failure: Failure, attempt: Attempt, now: Date): AppError {
  switch (failure.kind) {
    case 'error':
      return failure.error instanceof AppError ? failure.error : explainError(failure.error, attempt, now);
    case 'status':
      return explainStatus(failure.status, saying(failure.message), attempt, now);
    case 'malformed':
      return describeCause({ kind: 'malformed' }, attempt);
    default:
      return assertNever(failure);
  }
}

function explainError(error: unknown, attempt: Attempt, now: Date): AppError {
  const cause = causeOf(error);
  // Of the servers that check client certificates in TLS, some say what they refuse and others just hang up.
  const mayBeCertificate = cause.kind === 'tls-refused' || cause.kind === 'reset';
  const outdated = mayBeCertificate ? clientCertificateError(attempt, now) : undefined;
  return outdated ?? describeCause(cause, attempt, { cause: error });
}

function explainStatus(status: number, end: string, attempt: Attempt, now: Date): AppError {
  const { server, file } = attempt;
  if (status === 401) return clientCertificateError(attempt, now) ?? unauthorized(attempt);
  if (status === 403) {
    const hint = 'Ask for a role that allows it, or choose another user in the kubeconfig.';
    return new AppError('forbidden', `This user may not do that (403)${end}`, hint);
  }
  if (status === 429 || status === 503) {
    return new AppError('server', `The server is not ready for requests (${status})${end}`, 'Wait a moment.');
  }
  if (status >= 500) {
    const hint = "Look at the API server's log (K3s: journalctl -u k3s).";
    return new AppError('server', `The server failed (${status})${end}`, hint);
  }
  const message = `What answers at ${server.href} does not behave like a Kubernetes API (${status})${end}`;
  return new AppError('server', message, `Check the server in ${file}.`);
}

function unauthorized({ server, certificate, file }: Attempt): AppError {
  const hint =
    certificate === ''
      ? `Log in again, or put a new token into ${file}.`
      : `If the cluster was set up anew, copy its kubeconfig to ${file} again.`;
  const message = `The server ${server.host} does not know the user of this kubeconfig (401).`;
  return new AppError('unauthorized', message, hint);
}

/** The client certificate's dates as the reason, if they are one. */
function clientCertificateError({ certificate, file }: Attempt, now: Date): AppError | undefined {
  const valid = certificate === '' ? undefined : validity(certificate);
  if (valid === undefined) return undefined;
  if (valid.to < now) {
    return new AppError(
      'certificate',
      `The client certificate in ${file} expired on ${isoDay(valid.to)}.`,
      'Copy the kubeconfig again: K3s makes its certificates for a year, and renews them when it restarts.',
    );
  }
  if (valid.from <= now) return undefined;
  const message = `The client certificate in ${file} is valid only from ${isoDay(valid.from)} on.`;
  return new AppError('certificate', message, "Check this computer's clock.");
}

const isoDay = (date: Date) => date.toISOString().slice(0, 10);
