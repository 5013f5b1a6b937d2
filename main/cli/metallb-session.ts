import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import { kubeconfigFiles } from '../cluster/kubeconfig.ts';
import { clusterDomain } from '../desired/rules.ts';
import { Metallb } from '../metallb/metallb.ts';
import { explain } from '../sync/explain.ts';
import type { Session } from '../sync/session.ts';
import { waitForCluster } from './cluster-answer.ts';
import type { Invocation } from './command.ts';
import { hostsWay } from './hosts-file.ts';
import { networkAround } from './network.ts';
import { kubeconfigLocation, openSessionFor } from './session.ts';

/** Opens the chosen cluster, waits for its answer, and has `use` do something with MetalLB in it. */
export async function withMetallb<T>(
  invocation: Invocation,
  use: (metallb: Metallb, session: Session) => Promise<T>,
): Promise<T> {
  const { options, io, out } = invocation;
  const session = await openSessionFor(options, io, out);
  // Not what Ctrl-C ends: a change that has begun comes to its end.
  const ending = new AbortController();
  try {
    await waitForCluster(session, options.timeoutMs, io.interrupted);
    return await use(openMetallb(session, invocation, ending.signal), session);
  } finally {
    ending.abort();
    await session.close();
  }
}

/** MetalLB as the options want it. */
function openMetallb(session: Session, { options, io }: Invocation, signal: AbortSignal): Metallb {
  const { target, connection, dial, rules } = session;
  const { way, reason } = hostsWay(options, io);
  const location = kubeconfigLocation(options, io);
  return new Metallb({
    ...{ connection, dial, signal, repository: options.repo, engine: options.engine },
    network: networkAround(session),
    explain: error => explain(error, session),
    helm: {
      kubeconfigs: kubeconfigFiles({ ...location, home: location.home ?? homedir() }).join(delimiter),
      context: target.context.name,
      env: io.env,
    },
    server: new URL(target.cluster.server).host,
    hosts: { way, reason, path: session.file.path },
    hostname: clusterDomain(rules.policy),
  });
}
