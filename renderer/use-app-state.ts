import { useSyncExternalStore } from 'react';
import type { AppState, NameRow, Snapshot } from '../preload/contract.ts';
import { type Mirror, store } from './store.ts';

/** Whether there is anything to draw yet. */
export function useMirror(): Mirror {
  return useSyncExternalStore(store.subscribe, store.get);
}

/** A part of the state, drawn again when it changes: `selector` takes something out and makes nothing new. */
export function useAppState<T>(selector: (state: AppState) => T): T {
  return useSyncExternalStore(store.subscribe, () => selector(snapshot().state));
}

/** All names, by host name. */
export function useNames(): readonly NameRow[] {
  return useSyncExternalStore(store.subscribe, () => snapshot().names);
}

function snapshot(): Snapshot {
  const mirror = store.get();
  if (mirror.phase !== 'live') throw new Error('drawn before there was a snapshot');
  return mirror.snapshot;
}
