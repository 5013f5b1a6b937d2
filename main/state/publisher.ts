import { isDeepStrictEqual } from 'node:util';
import type { AppState, Patch, Snapshot } from '../../preload/contract.ts';
import { namesPatch } from './names.ts';

/** A window is told no more often: more than this nobody sees. */
const GAP_MS = 40;

/** Works out what changed, at most once in a while however much happens, and tells only that. */
export class Publisher {
  readonly #read: () => Snapshot;
  #publish: (patch: Patch) => void = () => {};
  #last: Snapshot;
  #timer: NodeJS.Timeout | undefined;
  #toldAt = 0;

  constructor(read: () => Snapshot) {
    this.#read = read;
    this.#last = read();
  }

  onPatch(publish: (patch: Patch) => void): void {
    this.#publish = publish;
  }

  /** The state as it was told last, which every later patch is for. */
  get snapshot(): Snapshot {
    return this.#last;
  }

  /** Something may have changed. */
  changed(): void {
    const wait = Math.max(0, this.#toldAt + GAP_MS - performance.now());
    this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Tells now what is still to be told. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#toldAt = performance.now();
    const next = this.#read();
    const state = changedParts(this.#last.state, next.state);
    const names = namesPatch(this.#last.names, next.names);
    this.#last = { state: { ...this.#last.state, ...state }, names: names ? next.names : this.#last.names };
    if (Object.keys(state).length > 0 || names) this.#publish({ state, ...(names && { names }) });
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** A part that is gone is told as `undefined`. */
function changedParts(before: AppState, after: AppState): Partial<AppState> {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof AppState)[];
  const changed = keys.filter(key => before[key] !== after[key] && !isDeepStrictEqual(before[key], after[key]));
  return Object.fromEntries(changed.map(key => [key, after[key]]));
}
