import { SilentServerError } from '../cluster/connection.ts';
import { ObjectApi } from '../cluster/object-api.ts';
import { plainText } from '../cluster/plain-text.ts';
import { readSurvey } from '../metallb/detect/read-survey.ts';
import { type MetallbStatus, metallbStatus } from '../metallb/status.ts';
import { explain } from '../sync/explain.ts';
import type { Session } from '../sync/session.ts';
import type { Invocation } from './command.ts';

/** How MetalLB stands. Throws an AppError where the cluster does not tell, or not in time, and where it is interrupted. */
export async function readMetallb(session: Session, { options, io }: Invocation): Promise<MetallbStatus> {
  const late = AbortSignal.timeout(options.timeoutMs);
  const api = new ObjectApi(session.connection, AbortSignal.any([io.interrupted, late]));
  try {
    return metallbStatus(await readSurvey(api));
  } catch (error) {
    io.interrupted.throwIfAborted();
    throw await explain(late.aborted ? new SilentServerError('The server does not answer.') : error, session);
  }
}

/** `0.15.3 ready, 10.0.0.70-10.0.0.80 (3 of 11 used)`. */
export function describeMetallb({ state, version, pools }: MetallbStatus): string {
  const ranges = pools.map(({ ranges, used, total }) => {
    const use = total === null ? '' : ` (${used} of ${total} used)`;
    return `${ranges.map(range => plainText(range)).join(', ')}${use}`;
  });
  return [`${plainText(version)} ${state}`.trim(), ...ranges].join(', ');
}
