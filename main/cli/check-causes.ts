import { explainRequest } from '../cluster/explain.ts';
import { ObjectApi } from '../cluster/object-api.ts';
import { readSurvey } from '../metallb/detect/read-survey.ts';
import { explainUnreachable } from '../metallb/unreachable.ts';
import type { Session } from '../sync/session.ts';
import type { Invocation } from './command.ts';
import { networkAround } from './network.ts';

/** Why an address does not answer, in one or two texts; none, and a word on stderr, where the cluster cannot be asked. */
export async function causesOf(
  address: string,
  session: Pick<Session, 'connection' | 'dial' | 'target' | 'login'>,
  { io, out }: Pick<Invocation, 'io' | 'out'>,
): Promise<readonly string[]> {
  const api = new ObjectApi(session.connection, io.interrupted);
  try {
    const survey = await readSurvey(api);
    const service = survey.services.find(({ addresses }) => addresses.includes(address));
    const network = networkAround(session);
    return await explainUnreachable({ address, service, survey, api, network }, io.interrupted);
  } catch (error) {
    io.interrupted.throwIfAborted();
    const { message } = await explainRequest(error, session.target, session.login, process.platform);
    out.note(`Why it does not answer cannot be told. ${message}`);
    return [];
  }
}
