import { explainRequest } from '../cluster/explain.ts';
import { ObjectApi } from '../cluster/object-api.ts';
import { readSurvey } from '../metallb/detect/read-survey.ts';
import { explainUnreachable } from '../metallb/unreachable.ts';
import type { Network } from '../probe/network.ts';
import { HOME, quietNetwork } from '../probe/quiet-network.ts';
import { openNetwork } from '../probe/system-network.ts';
import { dialDirectly } from '../sync/answers.ts';
import type { Session } from '../sync/session.ts';
import type { Invocation } from './command.ts';

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
    const network = networkOf(session);
    return await explainUnreachable({ address, service, survey, api, network }, io.interrupted);
  } catch (error) {
    io.interrupted.throwIfAborted();
    const { message } = await explainRequest(error, session.target, session.login, process.platform);
    out.note(`Why it does not answer cannot be told. ${message}`);
    return [];
  }
}

/** To the addresses of a simulated cluster nothing is sent. */
function networkOf({ dial }: Pick<Session, 'dial'>): Network {
  return dial === dialDirectly ? openNetwork(process.platform) : quietNetwork(HOME);
}
