import { unifiedDiff } from '../hosts/unified-diff.ts';
import type { Pass } from '../sync/reconcile.ts';
import type { Session } from '../sync/session.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import type { Output } from './io.ts';
import { lookOnce } from './look.ts';
import { exitOf } from './names.ts';
import { describeConsent, describeHeld, pendingOf } from './pending.ts';

export const diffCommand: Command = {
  name: 'diff',
  takes: '',
  summary: 'Show the changes that sync would make',
  options: ['accept-removals'],
  run: showDiff,
};

/** What `diff` and `sync --dry-run` do. */
export function showDiff(invocation: Invocation): Promise<ExitCode> {
  const { out } = invocation;
  return lookOnce(invocation, async ({ session, pass }) => {
    if (out.json) out.value({ ...pendingOf(pass.plan), diff: diffOf(session, pass) });
    else printDiff(session, pass, out);
    return exitOf(pass);
  });
}

/** The diff as text: the file's bytes, read as UTF-8. */
function diffOf({ file }: Pick<Session, 'file'>, { before, after }: Pick<Pass, 'before' | 'after'>): string {
  return Buffer.from(unifiedDiff(file.path, before.text, after.text), 'latin1').toString();
}

/** The diff on stdout, with remarks on stderr. To a pipe it goes byte for byte, so that `patch` can take it. */
export function printDiff(session: Pick<Session, 'file'>, pass: Pass, out: Output): void {
  writeDiff(session.file.path, pass.before.text, pass.after.text, out);
  if (pass.edited) out.note('Somebody edited the lines between our markers; sync puts them back.');
  if (pass.held !== undefined) out.note(describeHeld(pass.held));
  const consent = describeConsent(pass.plan);
  if (consent !== '') out.note(consent);
}

/** A diff on stdout, coloured on a terminal. */
export function writeDiff(path: string, before: string, after: string, out: Output): void {
  const diff = unifiedDiff(path, before, after);
  const colored = diff.replaceAll(/^(?:(\+(?!\+\+ ).*)|(-(?!-- ).*)|(@@.*))$/gm, (line, added, removed) =>
    out.style(added !== undefined ? 'green' : removed !== undefined ? 'red' : 'cyan', line),
  );
  out.bytes(Buffer.from(colored, 'latin1'));
}
