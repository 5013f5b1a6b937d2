import { explainKinds } from '../sync/explain.ts';
import type { Pass } from '../sync/reconcile.ts';
import { Reconciler } from '../sync/reconciler.ts';
import type { Session } from '../sync/session.ts';
import { waitForCluster } from './cluster-answer.ts';
import type { Invocation } from './command.ts';
import { requirePass } from './pending.ts';
import { openSessionFor } from './session.ts';

/** A cluster as it was at one moment, with the pass over it. */
export interface Look {
  readonly session: Session;
  readonly reconciler: Reconciler;
  readonly pass: Pass;
}

/** Opens the chosen cluster, waits for its answer, makes one pass, and has `use` do something with it. */
export async function lookOnce<T>(invocation: Invocation, use: (look: Look) => Promise<T>): Promise<T> {
  const { options, io, out } = invocation;
  const session = await openSessionFor(options, io, out);
  try {
    await waitForCluster(session, options.timeoutMs, io.interrupted);
    const reconciler = new Reconciler(session);
    const pass = requirePass(await reconciler.look(options.acceptRemovals));
    await tellUnreadKinds(session, invocation);
    return await use({ session, reconciler, pass });
  } finally {
    await session.close();
  }
}

/** The rest goes on without them, but nobody should wonder why a name is missing. */
async function tellUnreadKinds(session: Session, { out }: Invocation): Promise<void> {
  for (const { kind, state, message } of await explainKinds(session)) {
    if (state !== 'live' && state !== 'absent') out.note(`${kind} objects cannot be read. ${message}`);
  }
}
