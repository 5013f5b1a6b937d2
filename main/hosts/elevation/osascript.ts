import { type Program, quotePlain } from './command.ts';
import { type Answer, type Elevator, findResult, firstLine } from './elevator.ts';
import { PATIENCE_MS, runPatiently } from './run.ts';

const OSASCRIPT = '/usr/bin/osascript';

/**
 * macOS, where sudo-prompt's own applet is not let run: the system's program for AppleScript asks, under its own name.
 * Was not run on a Mac so far; what is known of it is Apple's documentation. All words must be plain.
 */
export class Osascript implements Elevator {
  readonly #program: Program;
  readonly #file: string;

  constructor(program: Program, file = OSASCRIPT) {
    this.#program = program;
    this.#file = file;
  }

  async run({ token, nonce }: { readonly token: string; readonly nonce: string }): Promise<Answer> {
    const args = ['-e', scriptFor([...this.#program, token])];
    const ended = await runPatiently(this.#file, args, { env: { HOME: process.env.HOME }, patience: PATIENCE_MS });
    if (ended === 'silent') return { answer: 'silent' };
    const result = findResult(ended.stdout, nonce);
    if (result !== undefined) return { answer: 'result', result };
    // userCanceledErr and errAEUserInteractionNotAllowed; the words before them are in the user's language.
    const [, number] = /\((-\d+)\)\s*$/.exec(ended.stderr) ?? [];
    if (number === '-128') return { answer: 'declined' };
    const detail = firstLine(ended.stderr) || ended.end;
    return { answer: number === '-1713' ? 'nobody-to-ask' : 'failed', detail };
  }
}

/** `true`, since of a command that fails AppleScript keeps only what it said on stderr. */
export function scriptFor(words: readonly string[]): string {
  const command = quoteAppleScript(`${quotePlain(words, 'darwin')}; true`);
  const prompt = quoteAppleScript('Cluster Hosts wants to change the hosts file.');
  return `do shell script ${command} with prompt ${prompt} with administrator privileges without altering line endings`;
}

function quoteAppleScript(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
