import type { Failure } from '../../../preload/contract.ts';
import type { InstallerView, InstallStep } from '../../../preload/installer.ts';

/** Of the step that failed, where one has. */
export function failureOf({ phase, steps }: InstallerView): Failure | undefined {
  const failed = phase === 'failed' ? steps.find(isFailed) : undefined;
  return failed && { code: failed.id, message: `${failed.title}: ${failed.message}`, hint: failed.hint };
}

function isFailed({ state }: InstallStep): boolean {
  return state === 'failed';
}
