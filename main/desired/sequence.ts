/*
 * Lists that are looked at again and again are mostly what they were the last time, but for an item or two. Walking the
 * old and the new one side by side finds those without a look-up per item.
 */

/** How far to look ahead in the old list for where the two go on together. */
const REACH = 8;

/** Works something out of each item of a list, once per item: an item that is the same object gets the same answer. */
export class Memo<In extends object, Out> {
  #known = new WeakMap<In, Out>();
  #items: readonly In[] = [];
  #answers: readonly Out[] = [];

  map(items: readonly In[], work: (item: In) => Out): readonly Out[] {
    let at = 0;
    const answers = items.map(item => {
      let ahead = at;
      while (ahead < at + REACH && this.#items[ahead] !== item) ahead += 1;
      const answer = this.#items[ahead] === item ? this.#answers[ahead] : undefined;
      if (answer !== undefined) at = ahead + 1;
      return answer ?? this.#work(item, work);
    });
    this.#items = items;
    this.#answers = answers;
    return answers;
  }

  forget(): void {
    this.#known = new WeakMap();
    this.#items = [];
    this.#answers = [];
  }

  #work(item: In, work: (item: In) => Out): Out {
    const known = this.#known.get(item);
    if (known !== undefined) return known;
    const answer = work(item);
    this.#known.set(item, answer);
    return answer;
  }
}

/** What makes one list the other, whatever the order; no list holds an item twice. */
export function compareLists<T>(
  before: readonly T[],
  after: readonly T[],
): { readonly removed: readonly T[]; readonly added: readonly T[] } {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const [old, now] = [before.slice(start, before.length - end), after.slice(start, after.length - end)];
  const [had, has] = [new Set(old), new Set(now)];
  return { removed: old.filter(item => !has.has(item)), added: now.filter(item => !had.has(item)) };
}

/** A list to keep: a list that grew has room for more, and ten thousand of those add up. */
export function compact<T>(items: readonly T[]): readonly T[] {
  return items.length === 0 ? NONE : [...items];
}

const NONE: readonly never[] = [];
