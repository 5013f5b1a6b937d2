import type { WriteOutcome } from '../hosts/write.ts';
import type { Row } from '../plan/plan.ts';
import { explain, kindsOf } from '../sync/explain.ts';
import type { NoPass, Pass } from '../sync/reconcile.ts';
import type { Session } from '../sync/session.ts';
import type { Output } from './io.ts';
import { changesOf, describeConsent, describeHeld, describePending } from './pending.ts';
import { count, shownName } from './text.ts';

/** Tells what happens while a cluster is watched, each thing once. */
export class Teller {
  readonly #session: Session;
  readonly #out: Output;
  readonly #onEnter: boolean;
  #told = '';
  #connected: boolean | undefined;
  #consent = '';
  #held = '';
  #begun = false;

  /** `onEnter`: what is pending is written when the user presses Enter. */
  constructor(session: Session, out: Output, onEnter: boolean) {
    this.#session = session;
    this.#out = out;
    this.#onEnter = onEnter;
  }

  pass(pass: Pass | NoPass): void {
    if (pass.state !== 'ready') return this.#once(`${pass.message} ${pass.hint}`);
    const consent = describeConsent(pass.plan);
    if (consent !== this.#consent && consent !== '') this.#out.note(consent);
    this.#consent = consent;
    const held = pass.held === undefined ? '' : describeHeld(pass.held);
    if (held !== this.#held && held !== '') this.#out.note(held);
    this.#held = held;
    const isFirst = !this.#begun;
    this.#begun = true;
    if (pass.before.text !== pass.after.text) {
      if (this.#session.file.asks) this.#once(this.#pending(pass));
    } else if (isFirst && held === '') {
      this.#once(`In sync: ${count(pass.plan.entries.length, 'entry', 'entries')}. Watching.`);
    } else {
      // All is well: what comes back later is told again.
      this.#told = '';
    }
  }

  #pending(pass: Pass): string {
    const what = `Pending: ${describePending(changesOf(pass))}.`;
    return this.#onEnter ? `${what} Press Enter to sync.` : `${what} To write it, run cluster-hosts sync.`;
  }

  write(outcome: WriteOutcome, pass: Pass): void {
    if ('message' in outcome) return this.#once(`${outcome.message} ${outcome.hint}`);
    const changes = changesOf(pass);
    const message = `Wrote ${this.#session.file.path}: ${describePending(changes)}.`;
    this.#told = message;
    if (this.#out.json) return this.#out.value({ outcome: outcome.outcome, ...changes, message });
    for (const row of pass.plan.rows) {
      const line = pass.held?.names.has(row.hostname) ? undefined : describeChange(row);
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
