import { SilentServerError } from '../cluster/connection.ts';
import { explain, kindsOf } from '../sync/explain.ts';
import type { Session } from '../sync/session.ts';

/**
 * Waits until every kind has been read or refused, for as long as the options say; then what has not answered counts as
 * unknown. Throws an AppError where the cluster as a whole cannot be read, and where it is interrupted.
 */
export async function waitForCluster(
  { source, login, target }: Session,
  timeoutMs: number,
  interrupted: AbortSignal,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    const isKnown = kindsOf({ source }).every(({ state }) => state !== 'starting');
    if (isKnown || source.failure !== undefined) resolve();
  };
  const unsubscribe = source.onChange(look);
  const timer = setTimeout(resolve, timeoutMs);
  interrupted.addEventListener('abort', () => resolve(), { once: true });
  look();
  await promise;
  clearTimeout(timer);
  unsubscribe();
  interrupted.throwIfAborted();
  if (kindsOf({ source }).some(({ state }) => state === 'live')) return;
  const failure = source.failure ?? new SilentServerError('The server does not answer.');
  throw await explain(failure, { login, target });
}
