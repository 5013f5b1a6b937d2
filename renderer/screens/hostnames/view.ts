import type { NameRow } from '../../../preload/contract.ts';

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

/** Objects besides its own that ask for the same name. */
export function othersOf(row: NameRow, names: readonly NameRow[]): readonly NameRow[] {
  return names.filter(({ id, hostname }) => hostname === row.hostname && id !== row.id);
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
