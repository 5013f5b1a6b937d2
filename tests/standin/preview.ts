/* The app's window in an installed browser, where Electron itself cannot be had: `node tests/standin/preview.ts`. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installedBrowser, NO_BROWSER } from './installed-browser.ts';

const BUILT = join(import.meta.dirname, '../../out/main/index.js');

function preview(browser: string): void {
  const env = { ...process.env, STANDIN_CHROMIUM: browser, STANDIN_HEADFUL: '1' };
  const args = [join(import.meta.dirname, 'boot.ts'), join(import.meta.dirname, '../..'), ...process.argv.slice(2)];
  const app = spawn(process.execPath, args, { env, stdio: 'inherit' });
  // A Ctrl-C reaches both; the app ends in its own time, and this with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.kill(signal));
  app.on('exit', code => {
    process.exitCode = code ?? 1;
  });
}

function refuse(reason: string): void {
  process.stderr.write(`${reason}\n`);
  process.exitCode = 1;
}

const browser = installedBrowser(process.env);
if (!existsSync(BUILT)) refuse('The app is not built yet. Run: npm run build');
else if (browser === undefined) refuse(NO_BROWSER);
else preview(browser);
