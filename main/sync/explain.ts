import { systemClock } from '../cluster/clock.ts';
import { explainRequest } from '../cluster/explain.ts';
import { KINDS } from '../cluster/kinds.ts';
import type { Kind, KindStatus } from '../cluster/objects.ts';
import { text } from '../cluster/raw.ts';
import { getJson } from '../cluster/requests.ts';
import type { AppError } from '../errors.ts';
import type { Session } from './session.ts';

/** Any failure of a request in words. */
export function explain(error: unknown, { login, target }: Pick<Session, 'login' | 'target'>): Promise<AppError> {
  return explainRequest(error, target, login, process.platform);
}

/** How each kind stands, in the order of the table of kinds; `message` is `''` here. */
export function kindsOf({ source }: Pick<Session, 'source'>): readonly KindStatus[] {
  return (Object.keys(KINDS) as Kind[]).map(kind => ({ kind, state: source.status(kind).state, message: '' }));
}

/** As `kindsOf`, each with its sentence. */
export async function explainKinds(session: Session): Promise<readonly KindStatus[]> {
  return await Promise.all(
    kindsOf(session).map(async status => {
      const { failure } = session.source.status(status.kind);
      if (status.state === 'live') return status;
      if (status.state === 'absent') return { ...status, message: 'The cluster has no such objects.' };
      if (failure === undefined) return { ...status, message: 'It has not answered yet.' };
      return { ...status, message: (await explain(failure, session)).message };
    }),
  );
}

/** The server's version, `''` where it does not tell. */
export async function readVersion({ connection }: Pick<Session, 'connection'>, signal: AbortSignal): Promise<string> {
  const context = { connection, accept: 'application/json', clock: systemClock, signal };
  return await getJson('/version', context).then(
    ({ gitVersion }) => text(gitVersion),
    () => '',
  );
}
