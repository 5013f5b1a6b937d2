/** What Electron takes from its command line before the app sees it. */
export interface CommandLine {
  readonly appPath: string;
  /** Modules to load before the app's own. */
  readonly requires: readonly string[];
  /** The port of Node's inspector; 0 takes any. */
  readonly inspect: number | undefined;
  readonly switches: Map<string, string>;
}

/** Reads everything after the executable; as in Electron, switches count before and after the app's path. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const requires: string[] = [];
  const switches = new Map<string, string>();
  let appPath: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '-r' || arg === '--require') requires.push(args[++at] ?? '');
    else if (arg.startsWith('--')) {
      const [name = '', ...value] = arg.slice(2).split('=');
      switches.set(name, value.join('='));
    } else if (!arg.startsWith('-')) appPath ??= arg;
  }
  const inspect = switches.get('inspect');
  return { appPath: appPath ?? '.', requires, switches, inspect: inspect === undefined ? undefined : Number(inspect) };
}
