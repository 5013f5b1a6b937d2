import type { Network } from '../probe/network.ts';
import { HOME, quietNetwork } from '../probe/quiet-network.ts';
import { openNetwork } from '../probe/system-network.ts';
import { dialDirectly } from '../sync/answers.ts';
import type { Session } from '../sync/session.ts';

/** The network around a cluster. To the addresses of a simulated one nothing is sent. */
export function networkAround({ dial }: Pick<Session, 'dial'>): Network {
  return dial === dialDirectly ? openNetwork(process.platform) : quietNetwork(HOME);
}
