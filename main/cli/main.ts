import process from 'node:process';
import manifest from '../../package.json' with { type: 'json' };
import { AppError } from '../errors.ts';
import { EXIT, type ExitCode } from './command.ts';
import { checkOptions, findCommand } from './commands.ts';
import { completions } from './completions.ts';
import { commandHelp, generalHelp } from './help.ts';
import { type Io, Output } from './io.ts';
import { parseCommandLine } from './options.ts';
import { overview } from './overview.ts';
import { withSettings } from './shared-settings.ts';

/** Runs a command line on the process's own streams; gives its exit code. Ctrl-C ends it between two steps. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupted.abort());
  const { stdout, stderr, stdin, env } = process;
  stdout.on('error', endOfOutput);
  // Whoever does not hear what is told still gets the answer.
  stderr.on('error', () => {});
  process.on('uncaughtException', error => endWith(unexpected(error)));
  return await run(argv, { stdout, stderr, stdin, env, interrupted: interrupted.signal });
}

/** Runs a command line; gives its exit code. Whatever goes wrong is told in two sentences, never as a stack trace. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const plain = { json: argv.includes('--json'), color: !argv.includes('--no-color') };
  const out = new Output(io, plain);
  try {
    const code = await dispatch(argv, io, out);
    return io.interrupted.aborted && code !== EXIT.done ? EXIT.interrupted : code;
  } catch (error) {
    if (io.interrupted.aborted) return EXIT.interrupted;
    const known = error instanceof AppError ? error : unexpected(error);
    out.error(known);
    return known.code === 'usage' ? EXIT.usage : EXIT.error;
  }
}

async function dispatch(argv: readonly string[], io: Io, out: Output): Promise<ExitCode> {
  const { words, options, given } = parseCommandLine(argv);
  if (options.version) return print(`${manifest.version}\n`, out);
  if (words.length === 0) {
    if (options.help) return print(generalHelp(), out);
    return await overview({ words, options: await withSettings(options, given, io, out), io, out });
  }
  if (words[0] === 'help')
    return print(words.length > 1 ? commandHelp(findCommand(words.slice(1)).command) : generalHelp(), out);
  if (words[0] === 'completions') return print(completions(words[1]), out);
  const { command, rest } = findCommand(words);
  if (options.help) return print(commandHelp(command), out);
  checkOptions(command, given);
  // The demo shows what everybody sees.
  const all = command.name === 'demo' ? options : await withSettings(options, given, io, out);
  return await command.run({ words: rest, options: all, io, out });
}

function print(text: string, out: Output): ExitCode {
  out.bytes(Buffer.from(text));
  return EXIT.done;
}

function unexpected(error: unknown): AppError {
  const detail = error instanceof Error ? error.message : String(error);
  return new AppError(
    'internal',
    `Something went wrong inside Cluster Hosts: ${detail}`,
    'Please report it with the command that you ran.',
    { cause: error },
  );
}

/** The reader of a pipe may go away before we are done (`| head`), which is no fault. */
function endOfOutput({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') process.exit(EXIT.done);
  endWith(new AppError('internal', `The answer cannot be written: ${message}.`, 'Look at where the output goes.'));
}

function endWith({ message, hint }: AppError): void {
  process.stderr.write(`${message}\n${hint}\n`);
  process.exit(EXIT.error);
}
