import type { Program } from './command.ts';
import { type Answer, type Elevator, findResult, firstLine } from './elevator.ts';
import { PATIENCE_MS, runPatiently } from './run.ts';

/** Linux: polkit's pkexec, started without a shell; it clears the environment and names the asking user itself. */
export class Pkexec implements Elevator {
  readonly #pkexec: string;
  readonly #program: Program;
  readonly #patience: number;

  constructor(pkexec: string, program: Program, patience = PATIENCE_MS) {
    this.#pkexec = pkexec;
    this.#program = program;
    this.#patience = patience;
  }

  async run({ token, nonce }: { readonly token: string; readonly nonce: string }): Promise<Answer> {
    // Without its own agent: on a terminal that one would take the keyboard from us.
    const args = ['--disable-internal-agent', ...this.#program, token];
    // It needs nothing of the environment, and refuses to start with a SHELL or an LC_ALL that it does not like.
    const ended = await runPatiently(this.#pkexec, args, { env: {}, patience: this.#patience });
    if (ended === 'silent') return { answer: 'silent' };
    const result = findResult(ended.stdout, nonce);
    return result === undefined
      ? explainExit(ended.code, ended.stderr.trim() || ended.end)
      : { answer: 'result', result };
  }
}

/** pkexec(1): 126 where the user dismissed the dialog, 127 where nobody could be asked or may not. */
export function explainExit(code: number | undefined, said: string): Answer {
  const detail = firstLine(said);
  if (code === 126) return { answer: 'declined' };
  if (code !== 127) return { answer: 'failed', detail };
  return /not authorized/i.test(said) ? { answer: 'declined' } : { answer: 'nobody-to-ask', detail };
}
