import type { InstallerView, InstallStep } from '../../preload/installer.ts';
import type { Phase } from './metallb-job.ts';

/** Nothing was begun or looked at. */
export const IDLE: InstallerView = {
  ...{ phase: 'idle', isUnfinished: false, canBeKept: false, checks: [], checking: false, suggestion: undefined },
  ...{ steps: [], log: [], remarks: [], address: '' },
};

/** Something is being done to the cluster. */
export const BUSY: ReadonlySet<Phase> = new Set(['installing', 'cancelling', 'rolling-back', 'removing']);

/** Steps that change nothing, and only wait for what MetalLB does. */
const WAITING: ReadonlySet<InstallStep['id']> = new Set(['address', 'answer']);

/** Of an installation that ended before its end: whether all is there that it makes. */
export function isAllMade(steps: readonly InstallStep[]): boolean {
  return steps.every(({ id, state }) => state === 'done' || WAITING.has(id));
}

/** The rows with one of them as it is now. */
export function withRow(rows: InstallerView['checks'], row: InstallerView['checks'][number]): InstallerView['checks'] {
  const known = rows.some(({ id }) => id === row.id);
  return known ? rows.map(each => (each.id === row.id ? row : each)) : [...rows, row];
}
