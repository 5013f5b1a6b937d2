import type { Snapshot } from '../../preload/contract.ts';

/** What helps to find a fault, as JSON, without a name or an address of the cluster. */
export function diagnosticsOf({ state, names }: Snapshot): string {
  const { status, system, cluster, hosts, metallb, traefik, settings } = state;
  const { way, wayReason, asks, entries, pending, health } = hosts;
  const counts = Object.groupBy(names, row => row.state);
  const about = {
    ...{ status, system },
    cluster: cluster && { version: cluster.version, nodes: cluster.nodes, connection: cluster.connection },
    failure: cluster?.failure?.code,
    kinds: cluster?.kinds.map(({ kind, state: is }) => `${kind} ${is}`),
    hosts: { way, wayReason, asks, entries, pending, health: health.length },
    names: Object.fromEntries(Object.entries(counts).map(([is, rows]) => [is, rows.length])),
    ...{ traefik: traefik.state, metallb: { state: metallb.state, version: metallb.version } },
    settings: { automatic: settings.automatic, suffix: settings.suffix, namespaces: settings.namespaces.length },
  };
  return JSON.stringify(about, null, 2);
}
