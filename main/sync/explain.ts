import { MalformedError } from '../cluster/body.ts';
import { systemClock } from '../cluster/clock.ts';
import { explainFailure, type Failure } from '../cluster/failure.ts';
import { text } from '../cluster/fields.ts';
import { KINDS } from '../cluster/kinds.ts';
import type { Kind, KindStatus } from '../cluster/objects.ts';
import { getJson, StatusError } from '../cluster/requests.ts';
import type { AppError } from '../errors.ts';
import type { Session } from './session.ts';

/** Any failure of a request in words. */
export async function explain(error: unknown, { login, target }: Pick<Session, 'login' | 'target'>): Promise<AppError> {
  const access = await login.access().catch(() => undefined);
  const { cluster } = target;
  const attempt = {
    server: access?.server ?? URL.parse(cluster.server) ?? new URL('https://localhost'),
    proxyUrl: cluster.proxyUrl,
    certificate: String(access?.tls.cert ?? ''),
    file: cluster.file.path,
    platform: process.platform,
  };
  return explainFailure(failureOf(error), attempt, new Date());
}

function failureOf(error: unknown): Failure {
  if (error instanceof StatusError) return { kind: 'status', status: error.status, message: error.message };
  return error instanceof MalformedError ? { kind: 'malformed' } : { kind: 'error', error };
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
