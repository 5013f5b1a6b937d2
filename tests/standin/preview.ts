/* The app's window in an installed browser, where Electron itself cannot be had: `node tests/standin/preview.ts`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installedBrowser, NO_BROWSER } from './installed-browser.ts';

const browser = installedBrowser(process.env);
if (browser === undefined) {
  process.stderr.write(`${NO_BROWSER}\n`);
  process.exitCode = 1;
} else {
  const env = { ...process.env, STANDIN_CHROMIUM: browser, STANDIN_HEADFUL: '1' };
  const app = spawn(process.execPath, [join(import.meta.dirname, 'boot.ts'), '.', ...process.argv.slice(2)], {
    env,
    stdio: 'inherit',
  });
  // Both hear a Ctrl-C; the app ends in its own time, and this with it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  app.on('exit', code => {
    process.exitCode = code ?? 1;
  });
}
