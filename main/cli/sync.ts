import type { WriteOutcome } from '../hosts/write.ts';
import { verifyWrite } from '../sync/verify-write.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { confirm } from './confirm.ts';
import { printDiff, showDiff } from './diff.ts';
import { hostsWay, isSystemFile } from './hosts-file.ts';
import { type Look, lookOnce } from './look.ts';
import { changesOf, describeHeld, describePending, NOTHING, pendingOf } from './pending.ts';
import { declined, type Report, report } from './report.ts';
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

/** Shows, asks, writes, verifies. */
export async function syncOnce(look: Look, invocation: Invocation): Promise<ExitCode> {
  const { session, reconciler, pass } = look;
  const { io, out } = invocation;
  const isWrite = pass.before.text !== pass.after.text;
  if (!out.json) printDiff(session, pass, out);
  if (!isWrite) return report(nothingToWrite(look), invocation);
  if (session.file.asks) out.note(hostsWay(invocation.options, io).reason);
  const answer = await confirm(`Write ${session.file.path} (${describePending(changesOf(pass))})?`, invocation);
  if (answer !== 'yes') return report(declined(answer, pass), invocation);
  io.interrupted.throwIfAborted();
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
  const changes = changesOf(pass);
  if ('message' in outcome) {
    return { ...NOTHING, outcome: outcome.outcome, message: `${outcome.message} ${outcome.hint}` };
  }
  const message = `Wrote ${session.file.path}: ${describePending(changes)}.`;
  if (pass.held === undefined) return { ...changes, outcome: 'done', message };
  return { ...changes, outcome: 'held-back', message: `${message} ${describeHeld(pass.held)}` };
}
