import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { chromiumPath, fontEnvironment } from './chromium-path.ts';
import { Devtools } from './devtools.ts';
import { startedAs } from './started-as.ts';

const FLAGS = [
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-breakpad',
  '--password-store=basic',
  '--use-mock-keychain',
];
/**
 * Without a startup window the app's own is the first that Playwright sees; and no page opens a further one, which would
 * stop the first until it is closed.
 */
const HEADLESS = [
  '--headless',
  '--block-new-web-contents',
  '--disable-gpu',
  '--hide-scrollbars',
  '--no-startup-window',
];
/** A window of an app has neither tabs nor an address bar. */
const HEADFUL = ['--app=data:text/html,'];

let child: ChildProcess | undefined;
let devtools: Devtools | undefined;
let ending = false;
let lastWords = '';

/** Starts Chromium beside the app's own start; `onEnd` hears of an end that nobody asked for. */
export async function startBrowser(onEnd: () => void): Promise<void> {
  const path = await chromiumPath();
  if (ending) return;
  child = launch(path);
  child.once('exit', code => {
    if (ending) return;
    process.stderr.write(`The browser ${path} has ended (${code}). ${lastWords}\n`);
    onEnd();
  });
  child.once('error', error => {
    process.stderr.write(`The browser ${path} does not start: ${error.message}\n`);
    onEnd();
  });
  const [, , , to, from] = child.stdio;
  devtools = new Devtools({ to: to as Writable, from: from as Readable });
  // Where it fails the browser has ended, which is told of already, and so will this process.
  const started = devtools.browser.send('Target.setDiscoverTargets', { discover: true });
  await started.catch(() => new Promise(() => {}));
  devtools.browser.on('Target.targetCreated', ({ targetInfo: { type, targetId, openerId } }) => {
    // Only a page opens pages with an opener, and the window that it asked for was told to its app.
    if (type === 'page' && openerId) void devtools?.browser.send('Target.closeTarget', { targetId }).catch(() => {});
  });
}

/** The running browser; before `ready` there is none. */
export function browser(): Devtools {
  if (devtools === undefined) throw new Error('the browser has not been started');
  return devtools;
}

/** Lets Chromium end its own processes; kills it where that takes too long. */
export async function endBrowser(): Promise<void> {
  ending = true;
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const late = setTimeout(() => child?.kill('SIGKILL'), 2_000);
  if (devtools) devtools.browser.send('Browser.close').catch(() => {});
  else child.kill('SIGTERM');
  await ended;
  clearTimeout(late);
}

function launch(path: string): ChildProcess {
  const profile = mkdtempSync(join(tmpdir(), 'standin-'));
  process.on('exit', () => {
    child?.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 3 });
  });
  const port = startedAs.switches.get('remote-debugging-port');
  const flags = [...FLAGS, ...(startedAs.headful ? HEADFUL : HEADLESS), `--user-data-dir=${profile}`];
  // A browser with people in front of it says that this is unsafe; containers and root have no other way.
  if (!startedAs.headful || process.getuid?.() === 0) flags.push('--no-sandbox');
  if (port !== undefined) flags.push(`--remote-debugging-port=${port}`);
  const started = spawn(path, flags, {
    // A Ctrl-C is for the app, which then ends the browser in its own time. It never stays behind: it ends with its pipe.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...fontEnvironment(path) },
  });
  // As from Electron, this line tells Playwright where to connect. What else Chromium says is about its own machinery.
  if (started.stderr)
    createInterface({ input: started.stderr }).on('line', line => {
      lastWords = line;
      if (line.startsWith('DevTools listening on')) process.stderr.write(`${line}\n`);
    });
  return started;
}
