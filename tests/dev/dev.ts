/*
 * `npm run dev`: the app as it is, while it is edited. The window changes at once; when the main process changes, the app
 * starts anew. It runs on Electron where that is there, else on the stand-in in an installed browser.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { installedBrowser, NO_BROWSER } from '../standin/installed-browser.ts';

const ROOT = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** npm brings the package only; the program itself is there once `npm start` could fetch it. */
function electronProgram(): string | undefined {
  const folder = dirname(require.resolve('electron/package.json'));
  const name = join(folder, 'path.txt');
  const program = existsSync(name) ? join(folder, 'dist', readFileSync(name, 'utf8').trim()) : undefined;
  return program !== undefined && existsSync(program) ? program : undefined;
}

/** What the app runs on, as environment for those who start it; a sentence where there is nothing. */
function ground(): Readonly<Record<string, string>> | string {
  const { env, platform } = process;
  const electron = electronProgram();
  if (electron !== undefined && platform === 'win32') return { ELECTRON_EXEC_PATH: electron };
  const starter = { ELECTRON_EXEC_PATH: join(import.meta.dirname, 'one-at-a-time.ts') };
  if (electron !== undefined) return { ...starter, DEV_PROGRAM: electron };
  if (platform === 'win32') return 'Electron is not there yet. Run: npx install-electron';
  const browser = installedBrowser(env);
  if (browser === undefined) return NO_BROWSER;
  const headful = env.STANDIN_HEADFUL ?? '1';
  const program = join(ROOT, 'tests/standin/dist/electron');
  return { ...starter, DEV_PROGRAM: program, STANDIN_CHROMIUM: browser, STANDIN_HEADFUL: headful };
}

function develop(found: Readonly<Record<string, string>>): void {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-hosts-dev-'));
  const electronVite = join(dirname(require.resolve('electron-vite/package.json')), 'bin/electron-vite.js');
  const env = { ...process.env, ...found, DEV_FOLDER: folder };
  const args = [electronVite, 'dev', '--watch', '--', ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: ROOT, env, stdio: 'inherit' });
  // A Ctrl-C reaches both; they end in their own time, and this with them.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  child.on('exit', code => {
    rmSync(folder, { recursive: true, force: true });
    process.exitCode = code ?? 1;
  });
}

const found = ground();
if (typeof found === 'string') {
  process.stderr.write(`${found}\n`);
  process.exitCode = 1;
} else develop(found);
