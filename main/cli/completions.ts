import { COMMANDS } from './commands.ts';
import { COMMAND_OPTIONS, GLOBAL_OPTIONS, type OptionHelp } from './option-table.ts';
import { usageError } from './options.ts';

/** A script that teaches a shell the commands and options; throws a usage error for a shell that is not known. */
export function completions(shell: string | undefined): string {
  switch (shell) {
    case 'bash':
      return bash();
    case 'zsh':
      return `#compdef cluster-hosts\nautoload -U +X bashcompinit && bashcompinit\n${bash()}`;
    case 'fish':
      return fish();
    default:
      throw usageError(`completions needs a shell: bash, zsh or fish${shell === undefined ? '' : `, not ${shell}`}.`);
  }
}

const OPTIONS: readonly OptionHelp[] = [...GLOBAL_OPTIONS, ...Object.values(COMMAND_OPTIONS)];

function words(): readonly string[] {
  return [...new Set(COMMANDS.map(({ name }) => name.split(' ')[0] ?? ''))];
}

/** The second words of the commands that have two. */
function subcommands(): readonly (readonly [command: string, sub: string])[] {
  return COMMANDS.flatMap(({ name }) => {
    const [command = '', sub] = name.split(' ');
    return sub === undefined ? [] : [[command, sub] as const];
  });
}

function bash(): string {
  const flags = OPTIONS.map(({ name }) => `--${name}`).join(' ');
  const files = OPTIONS.filter(({ value }) => value === 'FILE').map(({ name }) => `--${name}`);
  const subs = Map.groupBy(subcommands(), ([command]) => command)
    .entries()
    .map(([command, found]) => {
      const all = found.map(([, sub]) => sub).join(' ');
      return `    ${command}) COMPREPLY=($(compgen -W '${all}' -- "$word")) ;;`;
    });
  return [
    '_cluster_hosts() {',
    `  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}`,
    '  case $before in',
    `    ${files.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;`,
    '  esac',
    `  if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '${flags}' -- "$word")); return; fi`,
    '  case $before in',
    ...subs,
    `    cluster-hosts) COMPREPLY=($(compgen -W '${words().join(' ')} completions' -- "$word")) ;;`,
    '  esac',
    '}',
    'complete -F _cluster_hosts cluster-hosts',
    '',
  ].join('\n');
}

function fish(): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  const commands = COMMANDS.filter(({ name }) => !name.includes(' ')).map(
    ({ name, summary }) => `complete -c cluster-hosts -f -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
  );
  const subs = subcommands().flatMap(([command, sub]) => [
    `complete -c cluster-hosts -f -n __fish_use_subcommand -a ${command}`,
    `complete -c cluster-hosts -f -n '__fish_seen_subcommand_from ${command}' -a ${sub}`,
  ]);
  const options = OPTIONS.map(({ name, value, text }) => {
    const takes = value === '' ? '' : value === 'FILE' ? ' -r -F' : ' -x';
    return `complete -c cluster-hosts -l ${name}${takes} -d ${quoted(text)}`;
  });
  return [...commands, ...new Set(subs), ...options, ''].join('\n');
}
