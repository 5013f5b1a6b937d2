import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'microsoft-edge'];
const MAC = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
const WINDOWS = ['Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];

export const NO_BROWSER =
  'No Chrome or Chromium was found on this computer. Install one, or set STANDIN_CHROMIUM to its path.';

/** A Chrome or Chromium where they usually are; STANDIN_CHROMIUM names another. */
export function installedBrowser(env: Env): string | undefined {
  if (env.STANDIN_CHROMIUM) return env.STANDIN_CHROMIUM;
  return candidates(env).find(isExecutable);
}

function candidates(env: Env): string[] {
  if (process.platform === 'darwin') return MAC.map(name => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (process.platform === 'win32') {
    const roots = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA];
    return roots.flatMap(root => (root ? WINDOWS.map(path => join(root, path)) : []));
  }
  const folders = [...(env.PATH ?? '').split(delimiter), '/snap/bin'].filter(folder => folder !== '');
  return NAMES.flatMap(name => folders.map(folder => join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
