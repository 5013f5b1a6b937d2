import { compareLists } from '../desired/sequence.ts';

/** Things by host name. */
export class ByName<T extends { readonly hostname: string }> {
  readonly #items = new Map<string, readonly T[]>();

  get(hostname: string): readonly T[] {
    return this.#items.get(hostname) ?? [];
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

  #set(hostname: string, items: readonly T[], changed: Set<string>): void {
    changed.add(hostname);
    if (items.length > 0) this.#items.set(hostname, items);
    else this.#items.delete(hostname);
  }
}
