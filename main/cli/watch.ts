import { watchHostsFile } from '../hosts/watch-file.ts';
import type { WriteOutcome } from '../hosts/write.ts';
import type { Row } from '../plan/plan.ts';
import { SyncLoop } from '../sync/loop.ts';
import type { NoPass, Pass } from '../sync/reconcile.ts';
import { Reconciler } from '../sync/reconciler.ts';
import { explain, kindsOf, waitForCluster } from './cluster-answer.ts';
import { EXIT, type ExitCode, type Invocation } from './command.ts';
import { confirm } from './confirm.ts';
import { printDiff } from './diff.ts';
import { describeConsent, describePending, pendingOf, requirePass } from './pending.ts';
import { openSession, type Session } from './session.ts';
import { count, shownName } from './text.ts';

/** `sync --watch`: asks once, then writes as things change, until it is interrupted. */
export async function watch(invocation: Invocation): Promise<ExitCode> {
  const { options, io, out } = invocation;
  const session = await openSession(options, io, out);
  try {
    if (!options.yes && !(await confirmFirst(session, invocation))) return EXIT.declined;
    return await keepInSync(session, invocation);
  } finally {
    await session.close();
  }
}

async function confirmFirst(session: Session, invocation: Invocation): Promise<boolean> {
  const { options, io, out } = invocation;
  await waitForCluster(session, options.timeoutMs, io.interrupted);
  const pass = requirePass(await new Reconciler(session).look(options.acceptRemovals));
  if (!out.json) printDiff(session, pass, out);
  const answer = await confirm(
    `Write this now, and what changes later as it comes, to ${session.file.path}?`,
    invocation,
  );
  if (answer === 'unasked') out.note('Nothing was written: there is nobody to ask, and --yes was not given.');
  return answer === 'yes';
}

/** Writes as things change until it is interrupted; ends by itself only where the file may not be written at all. */
export async function keepInSync(session: Session, { options, io, out }: Invocation): Promise<ExitCode> {
  const { promise, resolve } = Promise.withResolvers<ExitCode>();
  const tell = new Teller(session, out);
  const loop = new SyncLoop({
    ...session,
    automatic: true,
    acceptRemovals: options.acceptRemovals,
    onPass: pass => tell.pass(pass),
    onWrite: (outcome, pass) => {
      tell.write(outcome, pass);
      if (outcome.outcome === 'not-permitted') resolve(EXIT.error);
    },
  });
  const unwatch = watchHostsFile(session.file, () => loop.request());
  const unsubscribe = session.source.onChange(() => tell.connection());
  io.interrupted.addEventListener('abort', () => resolve(EXIT.done), { once: true });
  if (io.interrupted.aborted) resolve(EXIT.done);
  session.file.expectWrites();
  loop.start();
  const code = await promise;
  unsubscribe();
  unwatch();
  await loop.stop();
  session.file.settleDown();
  return code;
}

/** Tells what happens, each thing once. */
class Teller {
  readonly #session: Session;
  readonly #out: Invocation['out'];
  #told = '';
  #connected: boolean | undefined;
  #consent = '';

  constructor(session: Session, out: Invocation['out']) {
    this.#session = session;
    this.#out = out;
  }

  pass(pass: Pass | NoPass): void {
    if (pass.state !== 'ready') return this.#once(`${pass.message} ${pass.hint}`);
    const consent = describeConsent(pass.plan);
    if (consent !== this.#consent && consent !== '') this.#out.note(consent);
    this.#consent = consent;
    const isFirst = this.#told === '';
    if (isFirst && pass.before.text === pass.after.text)
      this.#once(`In sync: ${count(pass.plan.entries.length, 'entry', 'entries')}. Watching.`);
    if (pass.held !== undefined) this.#once(pass.held.message);
  }

  write(outcome: WriteOutcome, { plan, held }: Pass): void {
    if ('message' in outcome) return this.#once(`${outcome.message} ${outcome.hint}`);
    const pending = pendingOf(plan);
    const message = `Wrote ${this.#session.file.path}: ${describePending(pending)}.`;
    this.#told = message;
    if (this.#out.json) return this.#out.value({ outcome: outcome.outcome, ...pending, message });
    for (const row of plan.rows) {
      const line = held?.names.has(row.hostname) ? undefined : describeChange(row);
      if (line !== undefined) this.#out.line(line);
    }
  }

  /** The cluster as a whole went away, or came back. */
  connection(): void {
    const { source } = this.#session;
    const connected = kindsOf(this.#session).some(({ state }) => state === 'live')
      ? true
      : source.failure === undefined
        ? undefined
        : false;
    if (connected === undefined || connected === this.#connected) return;
    const before = this.#connected;
    this.#connected = connected;
    if (connected && before === false) this.#once('The cluster answers again.');
    if (!connected) void this.#tellFailure(source.failure);
  }

  async #tellFailure(failure: unknown): Promise<void> {
    const { message, hint } = await explain(failure, this.#session);
    this.#once(`${message} ${hint} The names stay as they are; trying again.`);
  }

  #once(text: string): void {
    if (text === this.#told) return;
    this.#told = text;
    this.#out.note(text);
  }
}

function describeChange({ state, hostname, address, from }: Row): string | undefined {
  switch (state) {
    case 'add':
      return `+ ${shownName(hostname)} ${address}`;
    case 'remove':
      return `- ${shownName(hostname)} ${address}`;
    case 'update':
      return from === address ? undefined : `~ ${shownName(hostname)} ${from} → ${address}`;
    default:
      return undefined;
  }
}
