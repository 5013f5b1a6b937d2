/*
 * What runs in place of Electron's executable. `electron` becomes the stand-in for import and require alike, also in the
 * inspector's console, where Playwright asks for it; then the app's main bundle runs in this process.
 */
import { readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import { createRequire, registerHooks } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { startBrowser } from './browser.ts';
import { startedAs } from './started-as.ts';

const require = createRequire(import.meta.url);
const STAND_IN = new URL('./electron.ts', import.meta.url).href;

function becomeElectron(): void {
  const electron = join(import.meta.dirname, '../../node_modules/electron/package.json');
  const { version } = JSON.parse(readFileSync(electron, 'utf8'));
  Object.assign(process.versions, { electron: version, chrome: '150.0.0.0' });
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(startedAs.folder, 'resources') });
  process.argv = [startedAs.executable, ...process.argv.slice(2)];
  registerHooks({
    resolve: (name, context, next) =>
      name === 'electron' || name === 'electron/main'
        ? { url: STAND_IN, format: 'module-typescript', shortCircuit: true }
        : next(name, context),
  });
}

function endOnSignalsAndFaults(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  process.on('uncaughtException', error => {
    // Electron shows a dialog and goes on; a test had better end. An app that listens itself decides itself.
    if (process.listenerCount('uncaughtException') > 1) return;
    process.stderr.write(`uncaught in the main process: ${error?.stack ?? error}\n`);
    app.exit(1);
  });
}

/** Playwright gives its apps a process group of their own: where its process is killed, nobody else ends them. */
function endWithParent(): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) app.exit(1);
  }, 500).unref();
}

becomeElectron();
endOnSignalsAndFaults();
if (startedAs.inspect !== undefined) {
  inspector.open(startedAs.inspect, '127.0.0.1');
  endWithParent();
}
for (const name of startedAs.requires) require(name.startsWith('.') ? resolve(name) : name);
const browser = startBrowser(() => app.exit(1));
await import(pathToFileURL(startedAs.main).href);
await browser;
app.becomeReady();
