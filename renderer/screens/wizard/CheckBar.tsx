import type { CheckRow } from '../../../preload/installer.ts';
import { Button } from '../../components/Button.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { SkipButton } from './SkipButton.tsx';
import { StepBar } from './StepBar.tsx';
import { traefiksAddress } from './steps.ts';
import type { Wizard } from './use-wizard.ts';

/** On to the addresses; where Traefik has one, straight to the hosts file. */
export function CheckBar({
  wizard,
  checks,
  isChecking,
  onAgain,
}: {
  wizard: Wizard;
  checks: readonly CheckRow[];
  isChecking: boolean;
  onAgain: () => void;
}) {
  const hasAddress = useAppState(traefiksAddress) !== '';
  const text = words.wizard.check;
  const isBlocked = checks.some(({ state }) => state === 'blocked');
  const note = isChecking || checks.length === 0 ? text.whileChecking : isBlocked ? text.whileBlocked : '';
  return (
    <StepBar step="check" note={hasAddress ? '' : note}>
      <Button onClick={() => wizard.change({ at: 'connect' })}>{words.wizard.back}</Button>
      {!hasAddress && <SkipButton wizard={wizard} />}
      <Button busy={isChecking} onClick={onAgain}>
        {text.again}
      </Button>
      {hasAddress ? (
        <Button variant="primary" onClick={() => wizard.change({ at: 'hosts', isSkipped: true })}>
          {words.wizard.next}
        </Button>
      ) : (
        <Button
          variant="primary"
          disabled={note !== ''}
          onClick={() => wizard.change({ at: 'addresses', isSkipped: false })}
        >
          {words.wizard.next}
        </Button>
      )}
    </StepBar>
  );
}
