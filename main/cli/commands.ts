import type { AppError } from '../errors.ts';
import { backupsCommand, restoreCommand } from './backups.ts';
import { checkCommand } from './check.ts';
import { cleanCommand } from './clean.ts';
import type { Command } from './command.ts';
import { demoCommand } from './demo.ts';
import { diffCommand } from './diff.ts';
import { metallbStatusCommand } from './metallb.ts';
import { metallbInstallCommand } from './metallb-install.ts';
import { metallbPlanCommand } from './metallb-plan.ts';
import { metallbUninstallCommand } from './metallb-uninstall.ts';
import { namesCommand } from './names.ts';
import { openCommand } from './open.ts';
import { COMMAND_OPTIONS, GLOBAL_OPTIONS } from './option-table.ts';
import { usageError } from './options.ts';
import { statusCommand } from './status.ts';
import { syncCommand } from './sync.ts';

/** Every command, in the order of help. */
export const COMMANDS: readonly Command[] = [
  statusCommand,
  namesCommand,
  diffCommand,
  syncCommand,
  cleanCommand,
  backupsCommand,
  restoreCommand,
  metallbStatusCommand,
  metallbPlanCommand,
  metallbInstallCommand,
  metallbUninstallCommand,
  checkCommand,
  openCommand,
  demoCommand,
];

/** Finds the command that a command line begins with, and the words behind it; throws a usage error for none. */
export function findCommand(words: readonly string[]): { readonly command: Command; readonly rest: readonly string[] } {
  const command = COMMANDS.find(({ name }) => name.split(' ').every((part, at) => words[at] === part));
  if (command === undefined) throw noCommand(words);
  const rest = words.slice(command.name.split(' ').length);
  if (rest.length > (command.takes === '' ? 0 : 1)) throw usageError(`${command.name} does not take ${rest.at(-1)}.`);
  return { command, rest };
}

function noCommand(words: readonly string[]): AppError {
  const family = COMMANDS.filter(({ name }) => name.startsWith(`${words[0]} `)).map(({ name }) => name.split(' ')[1]);
  if (words.length === 1 && family.length > 0) return usageError(`${words[0]} needs one of ${family.join(', ')}.`);
  return usageError(`There is no command ${words.slice(0, 2).join(' ')}.`);
}

/** Throws a usage error where an option was given that the command does not take. */
export function checkOptions({ name, options }: Command, given: ReadonlySet<string>): void {
  const known = new Set<string>([...GLOBAL_OPTIONS.map(option => option.name), ...options]);
  const wrong = Object.keys(COMMAND_OPTIONS).find(option => given.has(option) && !known.has(option));
  if (wrong !== undefined) throw usageError(`${name} does not take --${wrong}.`, `See cluster-hosts ${name} --help.`);
}
