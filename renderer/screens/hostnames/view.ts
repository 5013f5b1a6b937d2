import type { NameRow, NameSource, Origin } from '../../../preload/contract.ts';

export type Filter = 'all' | 'synced' | 'unsynced' | 'conflicts' | 'consent';

/** What is asked for: a filter, and words that all have to be somewhere in the row. */
export interface Query {
  readonly filter: Filter;
  readonly text: string;
}

/** The rows that a query leaves, in their order. */
export function found(names: readonly NameRow[], { filter, text }: Query): readonly NameRow[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  if (filter === 'all' && words.length === 0) return names;
  return names.filter(row => isOf(row, filter) && words.every(word => textOf(row).includes(word)));
}

/** How many rows each filter leaves. */
export function countByFilter(names: readonly NameRow[]): Readonly<Record<Filter, number>> {
  const counts = { all: names.length, synced: 0, unsynced: 0, conflicts: 0, consent: 0 };
  for (const row of names) {
    counts[isSynced(row) ? 'synced' : 'unsynced'] += 1;
    if (row.state === 'blocked') counts.conflicts += 1;
    if (row.state === 'needs-consent') counts.consent += 1;
  }
  return counts;
}

/** Rows of other objects that ask for the same name and come to another result. */
export function othersOf({ hostname, origin }: NameRow, names: readonly NameRow[]): readonly NameRow[] {
  return names.filter(other => other.hostname === hostname && !isSame(other.origin, origin));
}

/** A row's own object first, which may be gone; then those that ask for the same with the same result. */
export function reportersOf(
  { origin }: NameRow,
  sources: readonly NameSource[],
  others: readonly NameRow[],
): readonly NameSource[] {
  const own = sources.find(source => isSame(source.origin, origin)) ?? { origin, annotations: [] };
  const isOther = (source: NameSource) => others.some(other => isSame(other.origin, source.origin));
  return [own, ...sources.filter(source => source !== own && !isOther(source))];
}

function isSame(a: Origin, b: Origin): boolean {
  return a.kind === b.kind && a.namespace === b.namespace && a.name === b.name;
}

function isOf(row: NameRow, filter: Filter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'synced':
      return isSynced(row);
    case 'unsynced':
      return !isSynced(row);
    case 'conflicts':
      return row.state === 'blocked';
    case 'consent':
      return row.state === 'needs-consent';
  }
}

/** A stale name is in the file too. */
function isSynced({ state }: NameRow): boolean {
  return state === 'in-sync' || state === 'stale';
}

function textOf({ hostname, shown, address, origin }: NameRow): string {
  return `${hostname} ${shown} ${address} ${origin.kind} ${origin.namespace}/${origin.name}`.toLowerCase();
}
