import { assertNever } from '../../errors.ts';
import type { Order } from '../elevated/order.ts';
import { type FileSystem, nodeFileSystem } from '../file-system.ts';
import { contentOf, readHosts } from '../read.ts';
import { digestOf } from '../text.ts';
import type { WriteOutcome } from '../write.ts';
import type { ByHand } from './by-hand.ts';
import type { Answer, Elevator } from './elevator.ts';
import { type StagedPlan, stagePlan } from './stage.ts';

/** A text that the hosts file is to have, made from the file with the digest `before`, and the order that makes it so. */
export interface Change {
  readonly before: string;
  readonly text: string;
  readonly order: Order;
}

/**
 * Writes where this user may not: stages the order, has somebody with the rights carry it out, and believes nothing but
 * the file afterwards.
 */
export class ElevatedWriter {
  readonly #path: string;
  readonly #plans: string;
  readonly #elevator: Elevator;
  readonly #byHand: ByHand;
  readonly #fs: FileSystem;
  #isAsking = false;

  /** `path` is the system's hosts file, `plans` a folder of this user's; `byHand` is for where nobody can be asked. */
  constructor(path: string, plans: string, elevator: Elevator, byHand: ByHand, fs: FileSystem = nodeFileSystem) {
    this.#path = path;
    this.#plans = plans;
    this.#elevator = elevator;
    this.#byHand = byHand;
    this.#fs = fs;
  }

  async write({ before, text, order }: Change): Promise<WriteOutcome> {
    if (this.#isAsking)
      return failed('Administrator rights are being asked for already.', 'Answer that question first.');
    const after = digestOf(text);
    const now = this.#digest();
    if (now === after) return { outcome: 'no-change' };
    if (now !== before) return CHANGED;
    this.#isAsking = true;
    try {
      const plan = stagePlan(this.#plans, order, { before, after }, Date.now(), this.#fs);
      // Whatever it became: what was approved is of no use for any other file.
      const isDone = () => this.#digest() !== before;
      const answer = await this.#ask(plan, isDone);
      // One that is left to the user's own terminal, or may still be carried out, expires.
      const mayCome = answer.answer === 'left-to-hand' || answer.answer === 'silent';
      if (!mayCome || isDone()) this.#remove(plan);
      return this.#judge(answer, before, after);
    } catch (error) {
      return failed(`The change could not be handed over (${messageOf(error)}).`, 'Check the disk, then sync again.');
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask(plan: StagedPlan, isDone: () => boolean): Promise<Answer> {
    try {
      const asked = await this.#elevator.run(plan, isDone);
      if (asked.answer !== 'nobody-to-ask') return asked;
      return await this.#byHand.run(plan, isDone, nobody(asked.detail));
    } catch (error) {
      return { answer: 'failed', detail: messageOf(error) };
    }
  }

  /** A plan that cannot be removed expires, too; what was written is written. */
  #remove({ path }: StagedPlan): void {
    try {
      this.#fs.rmSync(path, { force: true });
    } catch {}
  }

  #judge(answer: Answer, before: string, after: string): WriteOutcome {
    const now = this.#digest();
    if (now === after) return { outcome: 'done' };
    const outcome = explain(answer);
    const isToldDone = answer.answer === 'result' && !('message' in answer.result);
    return now === before || isToldDone || outcome.outcome !== 'failed' ? outcome : CHANGED;
  }

  #digest(): string | undefined {
    return contentOf(readHosts(this.#path, this.#fs))?.digest;
  }
}

/** Why the file is not as it was to be. */
function explain(answer: Answer): WriteOutcome {
  switch (answer.answer) {
    case 'declined':
      return { outcome: 'declined', message: 'The administrator’s password was not given.', hint: NOTHING_WRITTEN };
    case 'nobody-to-ask':
      return { outcome: 'not-permitted', message: nobody(answer.detail), hint: NOTHING_WRITTEN };
    case 'left-to-hand':
      return { outcome: 'not-permitted', message: answer.reason, hint: `Run this within the hour: ${answer.command}` };
    case 'silent':
      return failed('Nothing was heard of the write for five minutes.', 'Close the password dialog, then sync again.');
    case 'failed':
      return failed(`The write could not be started (${answer.detail}).`, NOTHING_WRITTEN);
    case 'result': {
      const { result } = answer;
      if (result.outcome === 'refused') return failed(result.message, result.hint);
      if ('message' in result) return result;
      return failed('The write is said to be done, but the file is another one.', 'Look at the changes again.');
    }
    default:
      return assertNever(answer);
  }
}

const nobody = (detail: string) => `Nobody could be asked for the administrator’s password (${detail}).`;

const NOTHING_WRITTEN = 'Nothing was written.';

const CHANGED: WriteOutcome = {
  outcome: 'changed-meanwhile',
  message: 'The hosts file was changed by another program meanwhile; nothing was written.',
  hint: 'Look at the changes again, then sync once more.',
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function failed(message: string, hint: string): WriteOutcome {
  return { outcome: 'failed', message, hint };
}
