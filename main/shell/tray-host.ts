import { execFile } from 'node:child_process';

/** Whether the desktop shows tray icons; `unknown` where nobody could be asked. */
export type TrayHost = 'yes' | 'no' | 'unknown';

const NAME = 'org.kde.StatusNotifierWatcher';
const PATH = '/StatusNotifierWatcher';
const PROPERTY = 'IsStatusNotifierHostRegistered';
const PATIENCE_MS = 1_000;

const QUESTIONS: readonly (readonly [string, readonly string[]])[] = [
  ['busctl', ['--user', 'get-property', NAME, PATH, NAME, PROPERTY]],
  [
    'gdbus',
    // biome-ignore format: one call
    ['call', '--session', '--dest', NAME, '--object-path', PATH, '--method', 'org.freedesktop.DBus.Properties.Get', NAME, PROPERTY],
  ],
];

/** Linux: asks the session's bus. Electron makes an icon without a word where nothing shows it. */
export async function findTrayHost(env: Readonly<Record<string, string | undefined>>): Promise<TrayHost> {
  for (const [program, args] of QUESTIONS) {
    const answer = readAnswer(await ask(program, args, env));
    if (answer !== 'unknown') return answer;
  }
  return 'unknown';
}

interface Said {
  readonly stdout: string;
  readonly stderr: string;
}

function ask(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<Said> {
  return new Promise(resolve => {
    const options = { timeout: PATIENCE_MS, killSignal: 'SIGKILL', env: { ...env, LC_ALL: 'C' } } as const;
    execFile(program, args, options, (_error, stdout, stderr) => resolve({ stdout, stderr }));
  });
}

/** `b true` from busctl, `(<true>,)` from gdbus; a bus on which nobody has the name says so. */
export function readAnswer({ stdout, stderr }: Said): TrayHost {
  const [, value] = /^(?:b |\(<)(true|false)/.exec(stdout) ?? [];
  if (value !== undefined) return value === 'true' ? 'yes' : 'no';
  return /was not provided by any \.service|ServiceUnknown|NameHasNoOwner/.test(stderr) ? 'no' : 'unknown';
}
