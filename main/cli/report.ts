import { assertNever } from '../errors.ts';
import type { WriteOutcome } from '../hosts/write.ts';
import type { Pass } from '../sync/reconcile.ts';
import { EXIT, type ExitCode, type Invocation } from './command.ts';
import { type Pending, pendingOf } from './pending.ts';

/** What a command that writes has to tell. */
export interface Report extends Pending {
  readonly outcome: WriteOutcome['outcome'] | 'declined' | 'held-back';
  readonly message: string;
}

/** What there is to tell where the answer was no, or nobody could be asked. */
export function declined(answer: 'no' | 'unasked', { plan }: Pass): Report {
  const why = answer === 'no' ? '' : ': there is nobody to ask, and --yes was not given';
  return { ...pendingOf(plan), outcome: 'declined', message: `Nothing was written${why}.` };
}

/** Tells how it went, and gives the exit code of it. */
export function report(result: Report, { out }: Invocation): ExitCode {
  if (out.json) out.value(result);
  else out.note(result.message);
  switch (result.outcome) {
    case 'done':
    case 'no-change':
      return EXIT.done;
    case 'declined':
    case 'held-back':
      return EXIT.declined;
    case 'changed-meanwhile':
    case 'not-permitted':
    case 'failed':
      return EXIT.error;
    default:
      return assertNever(result.outcome);
  }
}
