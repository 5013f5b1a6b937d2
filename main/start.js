// What `npm start` does: the window where Electron is or can be had, else the same work in the terminal.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import process from 'node:process';
import './cli/node-version.js';

/** Electron is 100 MB; who waits longer than this for it would rather see something. */
const DOWNLOAD_MS = 60_000;

const ROOT = join(import.meta.dirname, '..');
const electron = whyNoWindow() === undefined ? findElectron() : undefined;
if (electron === undefined) {
  const why = whyNoWindow();
  if (why !== undefined) process.stderr.write(`${why}\n`);
  await import('./cli/cluster-hosts.js');
} else startWindow(electron);

/** A sentence where no window can be shown here at all. */
function whyNoWindow() {
  const { env, platform } = process;
  if (platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no desktop session here: in the terminal, then.';
  // Chromium's sandbox does not start for root.
  return process.getuid?.() === 0 ? 'As root no window is shown: in the terminal, then.' : undefined;
}

/** Since version 42 npm installs the package only; the program itself is fetched at its first use. */
function findElectron() {
  const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  if (executable(folder) === undefined) {
    process.stderr.write('Getting Electron, once…\n');
    spawnSync(process.execPath, [join(folder, 'install.js')], { timeout: DOWNLOAD_MS, stdio: 'ignore' });
  }
  const found = executable(folder);
  if (found === undefined)
    process.stderr.write('The window needs Electron, which cannot be had here: in the terminal, then.\n');
  return found;
}

/** @param {string} folder of the package */
function executable(folder) {
  const { ELECTRON_OVERRIDE_DIST_PATH: given } = process.env;
  const named = join(folder, 'path.txt');
  const name = existsSync(named) ? readFileSync(named, 'utf8').trim() : 'electron';
  const file = join(given ?? join(folder, 'dist'), name);
  return existsSync(file) ? file : undefined;
}

/** @param {string} program */
function startWindow(program) {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const shell = process.platform === 'win32';
  const built = spawnSync(npm, ['run', '--silent', 'build:app'], { cwd: ROOT, stdio: 'inherit', shell });
  if (built.status !== 0) process.exit(built.status ?? 1);
  const child = spawn(program, [ROOT, ...process.argv.slice(2)], { stdio: 'inherit' });
  child.on('exit', code => {
    process.exitCode = code ?? 1;
  });
}
