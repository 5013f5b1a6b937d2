import { userInfo } from 'node:os';
import { parseJson } from '../elevated/request.ts';
import { type Program, quotePlain } from './command.ts';
import { type Answer, type Elevator, findResult, firstLine } from './elevator.ts';
import { Osascript } from './osascript.ts';
import { PATIENCE_MS, runPatiently } from './run.ts';
import type { StagedPlan } from './stage.ts';
import type { ChildAnswer } from './sudo-prompt-child.ts';

/** Where sudo-prompt is run, and what is run through it. */
export interface SudoPromptOptions {
  readonly platform: NodeJS.Platform;
  readonly program: Program;
  /** The file of `sudo-prompt-child.ts` as it was built. */
  readonly child: string;
  /** Asks where the library cannot; on macOS there is one. */
  readonly fallback?: Elevator;
  readonly patience?: number;
}

/** macOS, Windows and old KDE: the library sudo-prompt, in a process of its own. All words must be plain. */
export class SudoPrompt implements Elevator {
  readonly #options: SudoPromptOptions;

  constructor(options: SudoPromptOptions) {
    this.#options = options;
  }

  async run(plan: StagedPlan, isDone: () => boolean): Promise<Answer> {
    const { platform, program, child, patience = PATIENCE_MS } = this.#options;
    const args = [child, JSON.stringify(this.job(plan.token))];
    const ended = await runPatiently(process.execPath, args, { env: childEnv(platform), patience });
    if (ended === 'silent') return { answer: 'silent' };
    const answer = parseAnswer(ended.stdout);
    if (answer === undefined)
      return { answer: 'failed', detail: `what was to ask for the password ${firstLine(ended.end)}` };
    if (platform !== 'darwin' || !hasShownNothing(answer) || isDone()) return explain(answer, plan.nonce);
    return await (this.#options.fallback ?? new Osascript(program)).run(plan, isDone);
  }

  /**
   * What the child is to run. On stderr, since that is all that the library gives back of a command that fails; on Linux
   * root's shell keeps no variable, so that those stand in the command.
   */
  job(token: string): { readonly command: string; readonly env?: Readonly<Record<string, string>> } {
    const { platform, program } = this.#options;
    const command = `${quotePlain([...program, token], platform)} 1>&2`;
    const asNode = process.versions.electron !== undefined && platform === 'win32';
    return asNode ? { command, env: { ELECTRON_RUN_AS_NODE: '1' } } : { command };
  }
}

/** What the library and the dialogs it starts need of the environment, and no more. */
function childEnv(platform: NodeJS.Platform): Record<string, string | undefined> {
  const { env } = process;
  const names = [
    'HOME',
    'TMPDIR',
    'DISPLAY',
    'WAYLAND_DISPLAY',
    'XAUTHORITY',
    'XDG_RUNTIME_DIR',
    'DBUS_SESSION_BUS_ADDRESS',
  ];
  const windows = ['SystemRoot', 'TEMP', 'TMP', 'USERPROFILE', 'PATH', 'ComSpec'];
  const kept = Object.fromEntries([...names, ...(platform === 'win32' ? windows : [])].map(name => [name, env[name]]));
  // The Mac part of the library asks for USER, and has root use it.
  const user = platform === 'darwin' ? { USER: userInfo().username } : {};
  // Windows would look for powershell.exe in the current folder first.
  return { ...kept, ...user, ELECTRON_RUN_AS_NODE: '1', NoDefaultCurrentDirectoryInExePath: '1' };
}

function parseAnswer(text: string): ChildAnswer | undefined {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { stdout, stderr, error } = value as Partial<Record<keyof ChildAnswer, unknown>>;
  if (typeof stdout !== 'string' || typeof stderr !== 'string') return undefined;
  const isError =
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string';
  return error === undefined || isError ? (value as ChildAnswer) : undefined;
}

/** The library's words, version 9.3, by which alone it tells what went wrong; a test holds them to its source. */
export const WORDS = {
  refused: 'User did not grant permission.',
  noAgent: 'No polkit authentication agent found.',
  noProgram: 'Unable to find pkexec or kdesudo.',
  failed: 'Command failed: ',
} as const;

export function explain({ stdout, stderr, error }: ChildAnswer, nonce: string): Answer {
  const result = findResult(`${stdout}\n${stderr}\n${error?.message ?? ''}`, nonce);
  if (result !== undefined) return { answer: 'result', result };
  if (error === undefined) return { answer: 'failed', detail: 'it said nothing' };
  const { message, code } = error;
  if (message === WORDS.noAgent || message === WORDS.noProgram) return { answer: 'nobody-to-ask', detail: message };
  // The library calls every failure before the command a refusal; these codes are of a shell that could not read it.
  if (message === WORDS.refused && code !== 2 && code !== 127) return { answer: 'declined' };
  // Of a failed command the first line is the command, which tells nobody anything.
  const isCommand = message === WORDS.refused || message.startsWith(WORDS.failed);
  const end = code === undefined ? 'early' : `with code ${code}`;
  return { answer: 'failed', detail: isCommand ? `what was started ended ${end}` : firstLine(message) };
}

/** True where the library's applet could not be made or started, so that nobody has seen a dialog yet. */
function hasShownNothing({ error }: ChildAnswer): boolean {
  return error !== undefined && NOT_STARTED.test(error.message) && !error.message.includes('(-128)');
}

const NOT_STARTED =
  /^Command failed: (?:\.\/applet|\/usr\/bin\/unzip|\/usr\/bin\/defaults)\b|, mkdir '|^spawn \/bin\/sh /;
