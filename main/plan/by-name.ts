import { compareLists } from '../desired/sequence.ts';

/** Things by host name. */
export class ByName<T extends { readonly hostname: string }> {
  // A name has nearly always one: a list for each would weigh more than what is in it.
  readonly #firsts = new Map<string, T>();
  readonly #others = new Map<string, readonly T[]>();

  get(hostname: string): readonly T[] {
    const first = this.#firsts.get(hostname);
    return first === undefined ? [] : [first, ...(this.#others.get(hostname) ?? [])];
  }

  /** Brings it from one list to another; notes the names of which something changed. */
  update(before: readonly T[], after: readonly T[], changed: Set<string>): void {
    const { removed, added } = compareLists(before, after);
    for (const item of removed)
      this.#set(
        item.hostname,
        this.get(item.hostname).filter(other => other !== item),
        changed,
      );
    for (const item of added) this.#set(item.hostname, [...this.get(item.hostname), item], changed);
  }

  #set(hostname: string, [first, ...others]: readonly T[], changed: Set<string>): void {
    changed.add(hostname);
    if (first === undefined) this.#firsts.delete(hostname);
    else this.#firsts.set(hostname, first);
    if (others.length === 0) this.#others.delete(hostname);
    else this.#others.set(hostname, others);
  }
}
