import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { _electron, type ConsoleMessage, type ElectronApplication, type Page } from '@playwright/test';
import { chromiumPath } from '../standin/chromium-path.ts';
import { Outside } from './outside.ts';
import { environment, type Folders, makeFolders } from './surroundings.ts';

const ROOT = join(import.meta.dirname, '../..');
const STAND_IN = join(ROOT, 'tests/standin/dist');

export interface LaunchOptions {
  /** Where the app's package.json is, if not here. */
  readonly app?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** The folder of an earlier launch: the app finds again what it saved there. It stays when the app is closed. */
  readonly folder?: string;
  /** The system's, not the app's setting. */
  readonly colorScheme?: 'light' | 'dark';
  /** Whether the desktop shows tray icons. */
  readonly tray?: 'yes' | 'no';
}

export interface Running extends Outside {
  readonly app: ElectronApplication;
  readonly folders: Folders;
  /** Errors in windows, and all that the main process wrote to stderr. */
  problems(): readonly string[];
  /** Its first window, once there is one. */
  window(): Promise<Page>;
  /** Quits it where it still runs, and removes its folder unless that was given. */
  close(): Promise<void>;
}

export interface Launched extends Running {
  readonly page: Page;
}

/** Starts the built app and waits for its window. */
export async function launchApp(options: LaunchOptions = {}): Promise<Launched> {
  const running = await launchWithoutWindow(options);
  const page = await running.window();
  await page.waitForURL(url => url.protocol !== 'about:');
  return Object.assign(running, { page });
}

/** Starts the built app, which may choose to show no window yet. E2E_ELECTRON=real takes the real Electron. */
export async function launchWithoutWindow(options: LaunchOptions = {}): Promise<Running> {
  const { app: appPath = ROOT, args = [], colorScheme = 'light', tray = 'yes' } = options;
  const folders = await makeFolders(options.folder, tray);
  const switches = [`--user-data-dir=${folders.userData}`, ...(colorScheme === 'dark' ? ['--force-dark-mode'] : [])];
  const app = await _electron.launch({
    cwd: ROOT,
    args: ['-r', join(import.meta.dirname, 'record.cjs'), appPath, ...switches, ...args],
    env: { ...environment(folders), ...(await standInEnvironment()), ...options.env },
    colorScheme: null,
  });
  let running = true;
  app.once('close', () => {
    running = false;
  });
  return Object.assign(new Outside(app), {
    app,
    folders,
    problems: listenForProblems(app),
    window: () => app.firstWindow(),
    close: async () => {
      if (running) await app.close();
      if (options.folder === undefined) await rm(folders.root, { recursive: true, force: true, maxRetries: 3 });
    },
  });
}

async function standInEnvironment(): Promise<Record<string, string>> {
  if (process.env.E2E_ELECTRON === 'real') return {};
  // Playwright asks the electron package for the executable, and that looks into this process' environment.
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= STAND_IN;
  return { STANDIN_CHROMIUM: await chromiumPath() };
}

function listenForProblems(app: ElectronApplication): () => readonly string[] {
  const problems: string[] = [];
  const onConsole = (message: ConsoleMessage) => message.type() === 'error' && problems.push(message.text());
  app.on('window', page => page.on('pageerror', error => problems.push(String(error))).on('console', onConsole));
  app.process().stderr?.on('data', (text: Buffer) => problems.push(text.toString().trimEnd()));
  return () => problems.filter(problem => !/debugger|devtools listening/i.test(problem));
}
