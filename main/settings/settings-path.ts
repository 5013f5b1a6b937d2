import { posix, win32 } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Where the settings are, for the window and the command line alike. XDG's variable counts only if absolute. */
export function settingsPath(platform: NodeJS.Platform, env: Env, home: string): string {
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', ...FILE);
  if (platform === 'win32')
    return win32.join(absolute(env.APPDATA, win32) ?? win32.join(home, 'AppData', 'Roaming'), ...FILE);
  return posix.join(absolute(env.XDG_CONFIG_HOME, posix) ?? posix.join(home, '.config'), ...FILE);
}

const FILE = ['cluster-hosts', 'settings.json'];

const absolute = (path = '', { isAbsolute }: typeof posix) => (isAbsolute(path) ? path : undefined);
