import { app } from 'electron';
import type { RunningApp } from './app.ts';
import { isLoginStart } from './shell/autostart.ts';
import { deepLinkInArgv, deepLinkScreen } from './shell/deep-link.ts';
import { hardenApp } from './shell/harden.ts';
import { onActivation } from './shell/notifications.ts';
import { announceScheme } from './shell/protocol.ts';

app.setName('cluster-hosts');
app.setAppUserModelId('org.cluster-hosts.app');

let running: Promise<RunningApp> | undefined;

const words = process.argv.slice(app.isPackaged ? 1 : 2);
if (words.some(isCommand)) void runCommand();
else if (app.requestSingleInstanceLock()) start();
else app.quit();

/** A link has a colon in it, and switches begin with a hyphen: some of them are Chromium's. */
function isCommand(word: string): boolean {
  return /^[a-z]+$/.test(word) || word === '--help' || word === '--version';
}

/** The command line, in the same program: it shows no window. */
async function runCommand(): Promise<void> {
  const { main } = await import('./cli/main.ts');
  app.exit(await main(words));
}

function start(): void {
  announceScheme();
  hardenApp();
  app.setAsDefaultProtocolClient('cluster-hosts');
  app.on('second-instance', (_event, argv) => show(argv));
  app.on('activate', () => {
    if (!isRestored()) show([]);
  });
  app.on('open-url', (event, url) => {
    event.preventDefault();
    void running?.then(it => it.show(deepLinkScreen(url)));
  });
  // It goes on in the tray.
  app.on('window-all-closed', () => {});
  app.on('will-quit', event => quitInOrder(event));
  // From here on, not from when it is ready: macOS tells of the link that it was started with before.
  running = app.whenReady().then(startReady);
  if (deepLinkInArgv(process.argv) !== undefined) show(process.argv);
}

async function startReady(): Promise<RunningApp> {
  onActivation(process.platform, screen => void running?.then(it => it.show(screen)));
  // Only now: nothing of it is needed to say that another one runs already.
  const { startApp } = await import('./app.ts');
  return await startApp(isLoginStart(process.argv));
}

function show(argv: readonly string[]): void {
  void running?.then(it => it.show(deepLinkInArgv(argv)));
}

/** macOS activates what it starts at login, where no window is wanted. */
const SETTLED_MS = 30_000;

function isRestored(): boolean {
  return isLoginStart(process.argv) && performance.now() < SETTLED_MS;
}

let isStopped = false;

/** The end of the program waits for a write that has begun. */
function quitInOrder(event: { preventDefault(): void }): void {
  if (isStopped || running === undefined) return;
  event.preventDefault();
  void running
    .then(it => it.stop())
    .finally(() => {
      isStopped = true;
      app.quit();
    });
}
