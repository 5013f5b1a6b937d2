import type { Source } from '../cluster/source.ts';
import { DesiredNames } from '../desired/desired.ts';
import type { HostEntry } from '../desired/host-entry.ts';
import type { NameRules } from '../desired/rules.ts';
import type { ApplyOrder } from '../hosts/elevated/order.ts';
import type { HostsFile } from '../hosts/hosts-file.ts';
import type { WriteOutcome } from '../hosts/write.ts';
import { Planner } from '../plan/plan.ts';
import { type Answers, choicesIn } from './answers.ts';
import { type NoPass, type Pass, reconcile } from './reconcile.ts';
import { Removals } from './removals.ts';

/** The ends that a pass joins. */
export interface Ends {
  readonly source: Source;
  readonly rules: NameRules;
  readonly file: HostsFile;
  readonly answers: Answers;
}

/** The pass's entries with all that covers them: who writes with more rights judges each anew. */
function applyOrder({ policy, manual, allowPublic }: NameRules, entries: readonly HostEntry[]): ApplyOrder {
  return { op: 'apply', ...policy, typed: manual.map(({ hostname }) => hostname), allowPublic, entries };
}

/** Makes passes over the same ends, and carries over from one to the next what need not be worked out again. */
export class Reconciler {
  readonly #ends: Ends;
  readonly #names = new DesiredNames();
  readonly #planner = new Planner();
  readonly #removals = new Removals();

  constructor(ends: Ends) {
    this.#ends = ends;
  }

  /** One pass; before it a try of the addresses among which it has to choose. Changes nothing. */
  async look(acceptRemovals: boolean): Promise<Pass | NoPass> {
    const pass = this.#reconcile(acceptRemovals);
    if (pass.state !== 'ready' || !(await this.#ends.answers.ask(choicesIn(pass.desired)))) return pass;
    return this.#reconcile(acceptRemovals);
  }

  /** Writes what a pass found, if the file is still the one that it saw. */
  async write({ before, after, current, plan }: Pass): Promise<WriteOutcome> {
    if (before.text === after.text) return { outcome: 'no-change' };
    const order = applyOrder(this.#ends.rules, plan.entries);
    const outcome = await this.#ends.file.write({ before: before.digest, text: after.text, order }, after.hosts);
    if (outcome.outcome === 'done') this.#removals.note(plan, current, performance.now());
    return outcome;
  }

  #reconcile(acceptRemovals: boolean): Pass | NoPass {
    const { source, rules, file, answers } = this.#ends;
    return reconcile({
      ...{ file, source, rules },
      names: this.#names,
      planner: this.#planner,
      answering: answers.answering,
      recentRemovals: acceptRemovals ? undefined : this.#removals.recent(performance.now()),
    });
  }
}
