import { type FormEvent, useCallback } from 'react';
import type { AddressesView } from '../../../preload/installer.ts';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { Advice } from './Advice.tsx';
import styles from './Form.module.css';
import { Pin } from './Pin.tsx';
import { SkipButton } from './SkipButton.tsx';
import { StepBar } from './StepBar.tsx';
import { useAdvice } from './use-advice.ts';
import type { Wizard } from './use-wizard.ts';

const FORM = 'wizard-addresses';

/** Which addresses MetalLB may give. What would be done with them is planned before the next step. */
export function Addresses({ wizard }: { wizard: Wizard }) {
  const { change, progress } = wizard;
  const isOurs = useAppState(({ metallb }) => metallb.ours);
  const typed = progress.addresses;
  const onSuggest = useCallback(
    ({ text, pin }: AddressesView) => change({ addresses: text, pin: pin === '' ? undefined : pin }),
    [change],
  );
  const { advice, failure } = useAdvice(typed, onSuggest);
  const plan = useRequest('planInstall');
  const { title, changeTitle, detail, label, hint } = words.wizard.addresses;
  const note = noteOf(typed, advice, failure !== undefined);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (note !== '' || advice === undefined || plan.busy) return;
    const reply = await plan.run({ addresses: advice.text, pin: progress.pin?.trim() ?? '' });
    if (reply.ok) change({ at: 'review', plan: reply.value });
  };
  return (
    <>
      <PageHeader title={isOurs ? changeTitle : title} detail={detail} />
      <form id={FORM} className={styles.form} onSubmit={event => void submit(event)} noValidate>
        <TextField
          mono
          label={label}
          hint={hint}
          value={typed ?? ''}
          onChange={addresses => change({ addresses })}
          error={advice && advice.problems.length > 0 ? advice.problems.join(' ') : undefined}
        />
        <Advice advice={advice} />
        <Pin wizard={wizard} addresses={typed ?? ''} />
      </form>
      <FailureNote failure={plan.failure ?? failure} />
      <StepBar step="addresses" note={note}>
        <Button onClick={() => change({ at: 'check' })}>{words.wizard.back}</Button>
        {!isOurs && <SkipButton wizard={wizard} />}
        <Button type="submit" form={FORM} variant="primary" busy={plan.busy} disabled={note !== ''}>
          {words.wizard.next}
        </Button>
      </StepBar>
    </>
  );
}

/** Why it does not go on; `''` where it does. */
function noteOf(typed: string | undefined, advice: AddressesView | undefined, isFailed: boolean): string {
  const { suggesting, empty, checking, mend } = words.wizard.addresses;
  if (typed === undefined && !isFailed) return suggesting;
  if (typed === undefined || typed.trim() === '') return empty;
  if (advice === undefined) return isFailed ? mend : checking;
  return advice.problems.length > 0 ? mend : '';
}
