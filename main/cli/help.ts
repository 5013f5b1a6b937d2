import type { Command } from './command.ts';
import { COMMANDS } from './commands.ts';
import { COMMAND_OPTIONS, GLOBAL_OPTIONS, type OptionHelp } from './option-table.ts';
import { columns } from './text.ts';

/** What `--help` shows without a command. */
export function generalHelp(): string {
  const commands = COMMANDS.map(({ name, takes, summary }) => [`  ${name} ${takes}`.trimEnd(), summary]);
  return [
    'Keeps this computer’s hosts file in step with the services of a Kubernetes cluster.',
    '',
    'Usage: cluster-hosts [COMMAND] [OPTIONS]',
    '',
    'Without a command it shows the status and the changes that sync would make; without a',
    'kubeconfig it runs the demo. It asks before it writes.',
    '',
    'Commands',
    ...columns([...commands, ['  completions SHELL', 'Print completions for bash, zsh or fish']]),
    '',
    'Options',
    ...optionLines(GLOBAL_OPTIONS),
    '',
    'Exit codes: 0 done or in sync, 1 error, 2 changes pending, 3 declined or held back, 64 wrong usage.',
    '',
  ].join('\n');
}

/** What `COMMAND --help` shows. */
export function commandHelp({ name, takes, summary, options }: Command): string {
  const own = options.map(option => COMMAND_OPTIONS[option]);
  return [
    `${summary}.`,
    '',
    `Usage: cluster-hosts ${name} ${takes}${takes === '' ? '' : ' '}[OPTIONS]`,
    ...(own.length === 0 ? [] : ['', 'Options', ...optionLines(own)]),
    '',
    'Options of every command',
    ...optionLines(GLOBAL_OPTIONS),
    '',
  ].join('\n');
}

function optionLines(options: readonly OptionHelp[]): readonly string[] {
  return columns(options.map(({ name, value, text }) => [`  --${name} ${value}`.trimEnd(), text]));
}
