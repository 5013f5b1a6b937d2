import type { InstallerView } from '../../preload/installer.ts';
import type { Phase } from './metallb-job.ts';

/** Nothing was begun or looked at. */
export const IDLE: InstallerView = {
  ...{ phase: 'idle', isUnfinished: false, checks: [], checking: false, suggestion: undefined },
  ...{ steps: [], log: [], remarks: [], address: '' },
};

/** Something is being done to the cluster. */
export const BUSY: ReadonlySet<Phase> = new Set(['installing', 'cancelling', 'rolling-back', 'removing']);

/** The rows with one of them as it is now. */
export function withRow(rows: InstallerView['checks'], row: InstallerView['checks'][number]): InstallerView['checks'] {
  const known = rows.some(({ id }) => id === row.id);
  return known ? rows.map(each => (each.id === row.id ? row : each)) : [...rows, row];
}
