import type { AppState, HostsView, NameRow } from '../preload/contract.ts';

/** It is in the hosts file, or would be with the next sync. */
export function isWanted({ state }: NameRow): boolean {
  return state === 'in-sync' || state === 'add' || state === 'update' || state === 'stale';
}

/** How many names the next sync would change. */
export function pendingOf({ pending }: HostsView): number {
  return pending.add + pending.update + pending.remove;
}

/** What changes is written without anybody being asked; in the demo it never is. */
export function syncsByItself({ settings, hosts, cluster }: AppState): boolean {
  return settings.automatic && !hosts.asks && !cluster?.demo;
}
