import type { NameRow } from '../../../preload/contract.ts';

/** Whether a name can be left out or taken in: not one that cannot be written anyway, nor one that the user typed. */
export function isSelectable({ state, origin }: NameRow): boolean {
  return state !== 'skipped' && origin.kind !== 'Manual';
}

/** The selection after one row was ticked or unticked, and with `from` all those between the two as well. */
export function toggled(
  selected: ReadonlySet<string>,
  rows: readonly NameRow[],
  id: string,
  from: string | undefined,
): ReadonlySet<string> {
  const [at, start] = [indexOf(rows, id), indexOf(rows, from ?? id)];
  const [first, last] = start < 0 ? [at, at] : [Math.min(at, start), Math.max(at, start)];
  const isOn = !selected.has(id);
  const after = new Set(selected);
  for (const row of rows.slice(first, last + 1).filter(isSelectable))
    if (isOn) after.add(row.id);
    else after.delete(row.id);
  return after;
}

/** Names left out once these are left out too; each once, though it may have several rows. */
export function leavingOut(excluded: readonly string[], rows: readonly NameRow[]): readonly string[] {
  return [...new Set([...excluded, ...rows.map(({ hostname }) => hostname)])];
}

/** Names left out once these are taken in again. */
export function takingIn(excluded: readonly string[], rows: readonly NameRow[]): readonly string[] {
  const wanted = new Set(rows.map(({ hostname }) => hostname));
  return excluded.filter(hostname => !wanted.has(hostname));
}

function indexOf(rows: readonly NameRow[], wanted: string): number {
  return rows.findIndex(({ id }) => id === wanted);
}
