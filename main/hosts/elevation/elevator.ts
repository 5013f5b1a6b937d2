import type { Result } from '../elevated/carry-out.ts';
import { parseJson } from '../elevated/request.ts';
import type { StagedPlan } from './stage.ts';

/**
 * What is known after somebody was asked for rights. Only the file tells what was done: an answer explains why nothing
 * was. `detail` is what the system said, for people.
 */
export type Answer =
  | { readonly answer: 'result'; readonly result: Result }
  | { readonly answer: 'declined' }
  | { readonly answer: 'nobody-to-ask'; readonly detail: string }
  /** The command that does it waits for the user. */
  | { readonly answer: 'left-to-hand'; readonly reason: string; readonly command: string }
  | { readonly answer: 'failed'; readonly detail: string }
  /** Nothing was heard for too long: it may still happen. */
  | { readonly answer: 'silent' };

/** Has the helper carry out a staged plan with administrator rights: at most one question to the user. */
export interface Elevator {
  /** `isDone` looks at the file. */
  run(plan: StagedPlan, isDone: () => boolean): Promise<Answer>;
}

const OUTCOMES: ReadonlySet<unknown> = new Set<Result['outcome']>([
  ...(['done', 'no-change', 'refused', 'failed', 'changed-meanwhile', 'not-permitted'] as const),
]);

/** The helper's line in what came back, found by its nonce: a root's shell may have said things of its own around it. */
export function findResult(said: string, nonce: string): Result | undefined {
  const at = said.indexOf(`${nonce} {`);
  if (at < 0) return undefined;
  const [line = ''] = said.slice(at + nonce.length + 1).split('\n', 1);
  const result = parseJson(line);
  return isResult(result) ? result : undefined;
}

function isResult(value: unknown): value is Result {
  if (typeof value !== 'object' || value === null || !('outcome' in value) || !OUTCOMES.has(value.outcome))
    return false;
  if (value.outcome === 'done' || value.outcome === 'no-change') return true;
  const { message, hint } = value as { readonly message?: unknown; readonly hint?: unknown };
  return typeof message === 'string' && typeof hint === 'string';
}

/** What a program said, fit to stand in a sentence. */
export function firstLine(text: string): string {
  return (text.trim().split('\n', 1)[0] ?? '').replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200);
}
