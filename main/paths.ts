import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { basename, isAbsolute, join, win32 } from 'node:path';
import type { WriterPlaces } from './hosts/write.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The file that the system's resolver reads. On macOS /etc is a link, and the resolver does not follow one. */
export function systemHostsPath(platform: NodeJS.Platform, env: Env): string {
  if (platform === 'darwin') return '/private/etc/hosts';
  return platform === 'win32'
    ? win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32\\drivers\\etc\\hosts')
    : '/etc/hosts';
}

/** A path under its one name, where the system's hosts file goes by several. */
export function hostsPathOf(path: string, platform: NodeJS.Platform, env: Env): string {
  const own = systemHostsPath(platform, env);
  const isOwn = platform === 'win32' ? path.toLowerCase() === own.toLowerCase() : path === '/etc/hosts';
  return isOwn ? own : path;
}

/** Where this program keeps what it must not lose: backups and journals. XDG's variables count only if absolute. */
export function stateFolder(platform: NodeJS.Platform, env: Env, home: string = homedir()): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'cluster-hosts');
  if (platform === 'win32') return join(env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'cluster-hosts');
  const xdg = env.XDG_STATE_HOME ?? '';
  return join(isAbsolute(xdg) ? xdg : join(home, '.local', 'state'), 'cluster-hosts');
}

/** The writer's places for one hosts file: each file has its own backups, journal and lock. */
export function writerPlaces(hostsPath: string, state: string): WriterPlaces {
  const key = `${basename(hostsPath)}-${createHash('sha256').update(hostsPath).digest('hex').slice(0, 8)}`;
  return { backups: join(state, 'backups', key), journal: join(state, 'journal', key), lock: join(state, 'lock', key) };
}
