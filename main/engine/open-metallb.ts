import { delimiter } from 'node:path';
import { type Clock, systemClock } from '../cluster/clock.ts';
import { clusterDomain } from '../desired/rules.ts';
import { Metallb } from '../metallb/metallb.ts';
import type { Network } from '../probe/network.ts';
import type { ClusterWatch } from './cluster-watch.ts';
import type { Engine } from './engine.ts';

export interface InstallingOptions {
  readonly engine: Engine;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The kubeconfigs that are in use. */
  readonly files: () => readonly string[];
  /** The network around the cluster that is looked at now. */
  readonly network: () => Network;
  /** The app ends: what is under way goes no further than its step. */
  readonly signal: AbortSignal;
  readonly clock?: Clock;
}

/** MetalLB in the cluster that is looked at, as the settings want it. */
export function openMetallb(watch: ClusterWatch, options: InstallingOptions): Metallb {
  const { engine, env, files, network, signal, clock = systemClock } = options;
  const { connection, dial, target, file } = watch.session;
  return new Metallb({
    ...{ connection, dial, signal, clock, repository: engine.settings.settings.chartRepository, engine: 'auto' },
    network: network(),
    explain: error => watch.explain(error),
    helm: { kubeconfigs: files().join(delimiter), context: target.context.name, env },
    server: URL.parse(target.cluster.server)?.host ?? '',
    hosts: { ...watch.way, path: file.path },
    hostname: clusterDomain(watch.rules.policy),
  });
}
