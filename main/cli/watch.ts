import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { kubeconfigFiles } from '../cluster/kubeconfig.ts';
import { chooseTarget, type Target } from '../cluster/kubeconfig-target.ts';
import { watchFiles } from '../cluster/kubeconfig-watch.ts';
import { AppError } from '../errors.ts';
import { watchHostsFile } from '../hosts/watch-file.ts';
import { SyncLoop } from '../sync/loop.ts';
import { Reconciler } from '../sync/reconciler.ts';
import type { Session } from '../sync/session.ts';
import { waitForCluster } from './cluster-answer.ts';
import { EXIT, type ExitCode, type Invocation } from './command.ts';
import { confirm } from './confirm.ts';
import { printDiff } from './diff.ts';
import type { Io, Output } from './io.ts';
import type { Options } from './options.ts';
import { requirePass } from './pending.ts';
import { declined, type Report, report } from './report.ts';
import { kubeconfigLocation, openSessionFor, readKubeconfigs } from './session.ts';
import { Teller } from './teller.ts';

/**
 * `sync --watch`: asks once, then writes as things change, until it is interrupted. Where each write needs a password, it
 * says what is pending and writes on Enter only. Follows its kubeconfig, too.
 */
export async function watch(invocation: Invocation): Promise<ExitCode> {
  const { options, io, out } = invocation;
  let session = await openSessionFor(options, io, out);
  try {
    const mustAsk = !options.yes && !session.file.asks;
    const answer = mustAsk ? await confirmFirst(session, invocation) : undefined;
    if (answer !== undefined) return report(answer, invocation);
    // The context stays the one that was chosen, whatever becomes the current one.
    const pinned = { ...options, context: session.target.context.name };
    for (;;) {
      const end = await keepInSync(session, invocation);
      if (end !== 'kubeconfig-changed') return end;
      await session.close();
      out.note('The kubeconfig has changed; connecting anew.');
      session = await openSessionFor(pinned, io, out);
    }
  } finally {
    await session.close();
  }
}

/** `undefined`: yes. */
async function confirmFirst(session: Session, invocation: Invocation): Promise<Report | undefined> {
  const { options, io, out } = invocation;
  await waitForCluster(session, options.timeoutMs, io.interrupted);
  const pass = requirePass(await new Reconciler(session).look(options.acceptRemovals));
  if (!out.json) printDiff(session, pass, out);
  const answer = await confirm(
    `Write this now, and what changes later as it comes, to ${session.file.path}?`,
    invocation,
  );
  return answer === 'yes' ? undefined : declined(answer, pass);
}

/** Writes as things change until it is interrupted; ends by itself where the file may not be written at all. */
export async function keepInSync(
  session: Session,
  { options, io, out }: Invocation,
): Promise<ExitCode | 'kubeconfig-changed'> {
  const { promise, resolve } = Promise.withResolvers<ExitCode | 'kubeconfig-changed'>();
  const onEnter = session.file.asks && io.stdin.isTTY === true && !out.json;
  const tell = new Teller(session, out, onEnter);
  const loop = new SyncLoop({
    ...session,
    automatic: !session.file.asks,
    acceptRemovals: options.acceptRemovals,
    onPass: pass => tell.pass(pass),
    onWrite: (outcome, pass) => {
      tell.write(outcome, pass);
      if (outcome.outcome === 'not-permitted' && !session.file.asks) resolve(EXIT.error);
    },
  });
  io.interrupted.addEventListener('abort', () => resolve(EXIT.done), { once: true });
  if (io.interrupted.aborted) resolve(EXIT.done);
  const unwatch = watchHostsFile(session.file, () => loop.request());
  const unsubscribe = session.source.onChange(() => tell.connection());
  const kubeconfigs = await watchTarget(session, options, io, out, () => resolve('kubeconfig-changed'));
  const lines = onEnter ? createInterface({ input: io.stdin }) : undefined;
  lines?.on('line', () => void loop.syncNow(options.acceptRemovals));
  session.file.expectWrites();
  loop.start();
  const end = await promise;
  lines?.close();
  await kubeconfigs.stop();
  unsubscribe();
  unwatch();
  await loop.stop();
  session.file.settleDown();
  return end;
}

/** Calls back when the kubeconfigs say something else of the chosen context; a broken file changes nothing. */
async function watchTarget({ target }: Session, options: Options, io: Io, out: Output, onChange: () => void) {
  const look = async () => {
    try {
      const now = chooseTarget(await readKubeconfigs(options, io, out), target.context.name);
      if (!isDeepStrictEqual(essenceOf(now), essenceOf(target))) onChange();
    } catch (error) {
      if (error instanceof AppError) out.note(`${error.message} The watch goes on with what it knows.`);
      else throw error;
    }
  };
  return await watchFiles(kubeconfigFiles(kubeconfigLocation(options, io)), () => void look());
}

/** All that a connection depends on; not the file's owner and mode. */
function essenceOf({ cluster, user, context }: Target) {
  return [cluster, user, context].map(entry => ({ ...entry, file: entry.file.path }));
}
