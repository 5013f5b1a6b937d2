import { homedir, hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { app, net, powerMonitor, session } from 'electron';
import manifest from '../package.json' with { type: 'json' };
import type { Screen, Settings } from '../preload/contract.ts';
import { readLoginEnv } from './connect/login-shell.ts';
import { Desk } from './desk.ts';
import { appStateOf, namesOf } from './engine/app-state.ts';
import { Connecting } from './engine/connecting.ts';
import { Connector, rulesFor } from './engine/connector.ts';
import { demoOptions } from './engine/demo-run.ts';
import { Engine } from './engine/engine.ts';
import { Installing } from './engine/installing.ts';
import { ownHostsFile } from './engine/own-file.ts';
import { openSettings } from './engine/settings-store.ts';
import { createHandlers } from './ipc/handlers.ts';
import { registerHandlers } from './ipc/register.ts';
import { Log } from './log.ts';
import { stateFolder } from './paths.ts';
import { HOME, quietNetwork } from './probe/quiet-network.ts';
import { openNetwork } from './probe/system-network.ts';
import { SettingsFile } from './settings/settings-file.ts';
import { settingsPath } from './settings/settings-path.ts';
import { Autostart } from './shell/autostart.ts';
import { devServerOf } from './shell/dev-server.ts';
import { hardenSession } from './shell/harden.ts';
import { isOwnPage } from './shell/own-page.ts';
import { onWake } from './shell/power.ts';
import { passOnToDevServer, servePages } from './shell/protocol.ts';
import { Surroundings } from './shell/surroundings.ts';
import { NameRows } from './state/names.ts';
import { Publisher } from './state/publisher.ts';

const { env, platform } = process;
const OUT = import.meta.dirname;

/** The app while it runs: what another start of it, a link or the end of the session ask of it. */
export interface RunningApp {
  show(screen?: Screen): void;
  /** Waits for a write that has begun, but not for ever. */
  stop(): Promise<void>;
}

/** A write that has begun is waited for so long when the app quits. */
const LAST_WRITE_MS = 3_000;
/** Of a cluster that says nothing, and of a pause, only the time changes. */
const MINUTE_MS = 60_000;

/** Puts the app together, in the order in which data flows through it. Electron is ready. */
export async function startApp(startHidden: boolean): Promise<RunningApp> {
  const home = env.HOME ?? homedir();
  const state = stateFolder(platform, env, home);
  const log = new Log(join(state, 'logs', 'cluster-hosts.log'));
  const ending = new AbortController();
  const { signal } = ending;
  const { engine, connector, connecting, installing } = await createEngine(home, log, signal);
  const { publisher, surroundings } = createPublisher(engine, installing);
  const lookAround = () => void surroundings.look();
  const desk = new Desk({ engine, publisher, log, folder: state, out: OUT, lookAround });
  app.on('browser-window-focus', lookAround);
  publisher.onPatch(patch => desk.published(patch));
  followAutostart(engine, log, lookAround);
  engine.onChange(() => publisher.changed());

  hardenSession(session.defaultSession);
  const devServer = devServerOf(env, app.isPackaged);
  if (devServer === undefined) servePages(join(OUT, '..', 'renderer'));
  else passOnToDevServer(devServer);
  registerHandlers(
    createHandlers({ engine, connecting, installing, desktop: desk, snapshot: () => desk.pageIsReady() }),
    ({ senderFrame }) => senderFrame !== null && senderFrame.parent === null && isOwnPage(senderFrame.url),
    error => log.error('A request of the window failed.', error),
  );
  const leaveTime = followTime(engine, publisher);
  engine.reconnect().catch((error: unknown) => log.error('No cluster could be chosen.', error));
  if (!startHidden) desk.show();
  const stop = async () => {
    leaveTime();
    publisher.stop();
    try {
      await Promise.race([engine.stop(), later(LAST_WRITE_MS)]);
    } finally {
      ending.abort();
      await connector.stop();
      desk.destroy();
    }
  };
  return { show: screen => desk.show(screen), stop };
}

/** Looks again when the computer wakes up, and every minute at what only time changes. Gives a function that ends it. */
function followTime(engine: Engine, publisher: Publisher): () => void {
  const changed = () => publisher.changed();
  const woken = () => {
    engine.pause.look();
    engine.watch?.check();
  };
  const asleep = onWake(woken, { power: powerMonitor, isOnline: () => net.isOnline(), onNetwork: changed });
  const minutes = setInterval(() => {
    engine.pause.look();
    changed();
  }, MINUTE_MS).unref();
  return () => {
    asleep();
    clearInterval(minutes);
  };
}

/** Has the session start this program, or no longer; the system may want the user's yes, too. */
function followAutostart(engine: Engine, log: Log, lookAround: () => void): void {
  const isWanted = () => engine.settings.settings.startAtLogin;
  const autostart = new Autostart(isWanted(), error => {
    log.error('What starts with the session could not be changed.', error);
    engine.note('error', 'Starting at login could not be changed. Check the permissions of your autostart folder.');
    engine.changed();
  });
  engine.settings.onChange(() => {
    if (autostart.follow(isWanted())) lookAround();
  });
}

async function createEngine(home: string, log: Log, signal: AbortSignal) {
  const file = new SettingsFile(settingsPath(platform, env, home));
  // Names that may not be written are refused when they are typed, whatever the cluster is called.
  const check = (settings: Settings) => void rulesFor(settings, 'turing-cluster', [hostname()]);
  const settings = await openSettings(file, problem => log.warn(problem), check);
  const openFile = () => ownHostsFile(env, app.isPackaged, signal);
  const connector = new Connector({ env, home, openFile, signal, loginEnv: loginEnvOnce(home, signal, log) });
  const demo = demoOptions(env, app.isPackaged);
  const engine = new Engine({ settings, connector, env, demo, tell: text => log.info(text) });
  const files = () => connector.files(settings.settings);
  const network = () => (engine.inDemo ? quietNetwork(HOME) : openNetwork(platform));
  const installing = new Installing({ engine, env, files, network, signal });
  return { engine, connector, connecting: new Connecting(engine, connector, home, signal), installing };
}

function createPublisher(engine: Engine, installing: Installing) {
  const { version } = manifest;
  const surroundings = new Surroundings({ platform, env, version, onChange: () => publisher.changed() });
  const rows = new NameRows();
  const publisher = new Publisher(() => ({
    state: appStateOf(engine, installing.view, surroundings.system),
    names: namesOf(engine, rows),
  }));
  return { publisher, surroundings };
}

/** The shell is asked once, and only when something needs its answer. */
function loginEnvOnce(home: string, signal: AbortSignal, log: Log): () => Promise<typeof env> {
  let asked: Promise<typeof env> | undefined;
  const ask = async () => {
    const shell = env.SHELL ?? userInfo().shell ?? '';
    const answer = await readLoginEnv({ platform, env, home, shell, signal });
    if (answer.problem !== '') log.warn(answer.problem);
    return { ...answer.env };
  };
  return () => {
    asked ??= ask();
    return asked;
  };
}

function later(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  setTimeout(resolve, ms).unref();
  return promise;
}
