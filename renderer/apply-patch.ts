import type { NameRow, Patch, Snapshot } from '../preload/contract.ts';

/** The state after a patch. Rows and parts that it does not touch stay the same objects. */
export function applyPatch(snapshot: Snapshot, { state, names }: Patch): Snapshot {
  return {
    state: Object.keys(state).length === 0 ? snapshot.state : { ...snapshot.state, ...state },
    names: names === undefined ? snapshot.names : patchNames(snapshot.names, names),
  };
}

/** By host name, then by id. */
export function sortNames(names: readonly NameRow[]): readonly NameRow[] {
  return names.toSorted(compare);
}

function patchNames(before: readonly NameRow[], { put, gone }: NonNullable<Patch['names']>): readonly NameRow[] {
  if (put.length === 0 && gone.length === 0) return before;
  const latest = new Map(put.map(row => [row.id, row]));
  const left = new Set([...gone, ...latest.keys()]);
  for (const id of gone) latest.delete(id);
  return merge(
    before.filter(({ id }) => !left.has(id)),
    sortNames([...latest.values()]),
  );
}

/** Two sorted lists as one: the rows are many and the changes few. */
function merge(rows: readonly NameRow[], changes: readonly NameRow[]): readonly NameRow[] {
  const merged: NameRow[] = [];
  let next = 0;
  for (const row of rows) {
    for (let change = changes[next]; change !== undefined && compare(change, row) < 0; change = changes[next]) {
      merged.push(change);
      next += 1;
    }
    merged.push(row);
  }
  return merged.concat(changes.slice(next));
}

function compare(a: NameRow, b: NameRow): number {
  if (a.hostname !== b.hostname) return a.hostname < b.hostname ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
