import { assertNever } from '../errors.ts';
import type { WriteOutcome } from '../hosts/write.ts';
import { verifyWrite } from '../sync/verify-write.ts';
import { type Command, EXIT, type ExitCode, type Invocation } from './command.ts';
import { confirm } from './confirm.ts';
import { printDiff, showDiff } from './diff.ts';
import { hostsWay, isSystemFile } from './hosts-file.ts';
import { type Look, lookOnce } from './look.ts';
import { describeHeld, describePending, NOTHING, type Pending, pendingOf } from './pending.ts';
import { count } from './text.ts';
import { watch } from './watch.ts';

export const syncCommand: Command = {
  name: 'sync',
  takes: '',
  summary: 'Bring the hosts file in step with the cluster',
  options: ['yes', 'watch', 'dry-run', 'accept-removals'],
  run: invocation => {
    if (invocation.options.dryRun) return showDiff(invocation);
    if (invocation.options.watch) return watch(invocation);
    return lookOnce(invocation, look => syncOnce(look, invocation));
  },
};

/** What a command that writes has to tell. */
export interface Report extends Pending {
  readonly outcome: WriteOutcome['outcome'] | 'declined' | 'held-back';
  readonly message: string;
}

/** Shows, asks, writes, verifies. */
export async function syncOnce(look: Look, invocation: Invocation): Promise<ExitCode> {
  const { session, reconciler, pass } = look;
  const { out } = invocation;
  const pending = pendingOf(pass.plan);
  const isWrite = pass.before.text !== pass.after.text;
  if (!out.json) printDiff(session, pass, out);
  if (!isWrite) return report(nothingToWrite(look), invocation);
  if (session.file.asks) out.note(hostsWay(invocation.options, invocation.io).reason);
  const answer = await confirm(`Write ${session.file.path} (${describePending(pending)})?`, invocation);
  if (answer !== 'yes') return report({ ...pending, outcome: 'declined', message: declined(answer) }, invocation);
  const outcome = await reconciler.write(pass);
  const remarks = outcome.outcome === 'done' ? await verify(look, invocation) : [];
  for (const remark of remarks) out.note(remark);
  return report(reportOf(outcome, look), invocation);
}

function verify({ session: { file }, pass }: Look, { io }: Invocation): Promise<readonly string[]> {
  return verifyWrite(pass, file, { system: isSystemFile(file, io), interrupted: io.interrupted });
}

function nothingToWrite({ pass }: Look): Report {
  const { held, plan } = pass;
  if (held !== undefined) return { ...pendingOf(plan), outcome: 'held-back', message: describeHeld(held) };
  return { ...NOTHING, outcome: 'no-change', message: `In sync: ${count(plan.entries.length, 'entry', 'entries')}.` };
}

function reportOf(outcome: WriteOutcome, { session, pass }: Look): Report {
  const pending = pendingOf(pass.plan);
  if ('message' in outcome) {
    return { ...NOTHING, outcome: outcome.outcome, message: `${outcome.message} ${outcome.hint}` };
  }
  const message = `Wrote ${session.file.path}: ${describePending(pending)}.`;
  if (pass.held === undefined) return { ...pending, outcome: 'done', message };
  return { ...pending, outcome: 'held-back', message: `${message} ${describeHeld(pass.held)}` };
}

function declined(answer: 'no' | 'unasked'): string {
  return answer === 'no'
    ? 'Nothing was written.'
    : 'Nothing was written: there is nobody to ask, and --yes was not given.';
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
