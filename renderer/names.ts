import type { HostsView, NameRow } from '../preload/contract.ts';

/** It is in the hosts file, or would be with the next sync. */
export function isWanted({ state }: NameRow): boolean {
  return state === 'in-sync' || state === 'add' || state === 'update' || state === 'stale';
}

/** How many names the next sync would change. */
export function pendingOf({ pending }: HostsView): number {
  return pending.add + pending.update + pending.remove;
}
