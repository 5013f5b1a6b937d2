import type { ReactNode } from 'react';
import type { Failure } from '../../preload/contract.ts';
import { Banner } from './Banner.tsx';

/** What went wrong with something that was asked for, and what to do. It is read out, as it answers the user. */
export function FailureNote({
  failure,
  action,
  onDismiss,
}: {
  failure: Failure | undefined;
  action?: ReactNode;
  onDismiss?: (() => void) | undefined;
}) {
  return (
    <div role="alert">
      {failure && (
        <Banner tone="error" title={failure.message} text={failure.hint} action={action} onDismiss={onDismiss} />
      )}
    </div>
  );
}
