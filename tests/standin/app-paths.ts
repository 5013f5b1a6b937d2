import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { startedAs } from './started-as.ts';

/** Where Electron says that things are, by the names of `app.getPath`. */
export class AppPaths {
  readonly #appName: () => string;
  readonly #set = new Map<string, string>();

  constructor(appName: () => string) {
    this.#appName = appName;
  }

  get(name: string): string {
    const path = this.#set.get(name) ?? this.#usual(name);
    if (path === undefined) throw new Error(`Failed to get '${name}' path`);
    if (name === 'userData' || name === 'logs') mkdirSync(path, { recursive: true });
    return path;
  }

  set(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute');
    if (this.#usual(name) === undefined) throw new Error(`Failed to set path: ${name}`);
    this.#set.set(name, path);
  }

  #usual(name: string): string | undefined {
    switch (name) {
      case 'home':
        return homedir();
      case 'appData':
        return appData();
      case 'userData':
        return startedAs.switches.get('user-data-dir') ?? join(this.get('appData'), this.#appName());
      case 'sessionData':
        return this.get('userData');
      case 'logs':
        if (process.platform === 'darwin') return join(homedir(), 'Library', 'Logs', this.#appName());
        return join(this.get('userData'), 'logs');
      case 'crashDumps':
        return join(this.get('userData'), 'Crashpad');
      case 'temp':
        return tmpdir();
      case 'exe':
      case 'module':
        return startedAs.executable;
      case 'desktop':
        return join(homedir(), 'Desktop');
      case 'documents':
        return join(homedir(), 'Documents');
      case 'downloads':
        return join(homedir(), 'Downloads');
      default:
        return undefined;
    }
  }
}

function appData(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env.APPDATA ?? join(homedir(), 'AppData', 'Roaming');
  return process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
}
