import type { Api, Failure, Patch, Snapshot } from '../preload/contract.ts';
import { applyPatch, sortNames } from './apply-patch.ts';

/** What the window knows: nothing yet, why not, or a mirror of the main process. */
export type Mirror =
  | { readonly phase: 'waiting' }
  | { readonly phase: 'failed'; readonly failure: Failure }
  | { readonly phase: 'live'; readonly snapshot: Snapshot };

/** Mirrors the state of the main process. It is asked for once; from then on it is patched. */
export class Store {
  #mirror: Mirror = { phase: 'waiting' };
  /** What came before the snapshot, which may have been taken before them. */
  #early: Patch[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  readonly get = (): Mirror => this.#mirror;

  /** Gives a function that ends it. */
  follow(api: Pick<Api, 'getSnapshot' | 'onPatch'>): () => void {
    const unsubscribe = api.onPatch(patch => this.#patch(patch));
    void this.load(api);
    return unsubscribe;
  }

  /** Asks for everything anew. */
  async load(api: Pick<Api, 'getSnapshot'>): Promise<void> {
    const reply = await api.getSnapshot();
    if (!reply.ok) return this.#set({ phase: 'failed', failure: reply.error });
    const { state, names } = reply.value;
    const snapshot = this.#early.reduce(applyPatch, { state, names: sortNames(names) });
    this.#early = [];
    this.#set({ phase: 'live', snapshot });
  }

  #patch(patch: Patch): void {
    if (this.#mirror.phase !== 'live') this.#early.push(patch);
    else this.#set({ phase: 'live', snapshot: applyPatch(this.#mirror.snapshot, patch) });
  }

  #set(mirror: Mirror): void {
    this.#mirror = mirror;
    for (const listener of this.#listeners) listener();
  }
}

/** The window's one. */
export const store = new Store();
