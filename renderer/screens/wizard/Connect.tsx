import { useAppState } from '../../use-app-state.ts';
import { Setup } from '../setup/Setup.tsx';
import { Connected } from './Connected.tsx';
import { StepBar } from './StepBar.tsx';
import type { Wizard } from './use-wizard.ts';

/** A cluster to begin with: what is missing for it, or which one it is and what it is to be called. */
export function Connect({ wizard }: { wizard: Wizard }) {
  const need = useAppState(({ setup }) => setup?.need);
  if (need === undefined) return <Connected wizard={wizard} />;
  return (
    <>
      <Setup />
      {/* That question has a bar of its own. */}
      {need !== 'program' && <StepBar step="connect" />}
    </>
  );
}
