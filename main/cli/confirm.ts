import { createInterface } from 'node:readline/promises';
import type { Invocation } from './command.ts';

/** The user's word: `unasked` where nobody could be asked and --yes was not given. */
export type Answer = 'yes' | 'no' | 'unasked';

/** Asks on the terminal, unless the options say yes already. With --json, and without a terminal, nobody is asked. */
export async function confirm(question: string, { options, io }: Invocation): Promise<Answer> {
  if (options.yes) return 'yes';
  if (options.json || !io.stdin.isTTY || !io.stderr.isTTY) return 'unasked';
  const prompt = createInterface({ input: io.stdin, output: io.stderr });
  try {
    const answer = await prompt.question(`${question} [y/N] `, { signal: io.interrupted });
    return /^y(es)?$/i.test(answer.trim()) ? 'yes' : 'no';
  } catch {
    return 'no';
  } finally {
    prompt.close();
  }
}
