import type { Settings, Snapshot, WriteView } from '../../preload/contract.ts';
import type { InstallWish } from '../../preload/installer.ts';
import { nameSources } from '../engine/app-state.ts';
import type { Connecting } from '../engine/connecting.ts';
import type { Engine } from '../engine/engine.ts';
import { fileOf, listBackupViews, removeAll, restoreBackup } from '../engine/file-requests.ts';
import type { Installing } from '../engine/installing.ts';
import { argsOf } from './args.ts';
import type { Handlers } from './register.ts';

/** What of the desktop the window asks for. */
export interface Desktop {
  /** `undefined` where the user chose none. */
  chooseFile(): Promise<string | undefined>;
  /** Throws an AppError for what is not ours to open. */
  openUrl(url: string): Promise<void>;
  copy(text: string): Promise<void>;
  openLogs(): Promise<void>;
  diagnostics(): string;
  testNotification(): void;
  quit(): void;
}

export interface HandlerParts {
  readonly engine: Engine;
  readonly connecting: Connecting;
  readonly installing: Installing;
  readonly desktop: Desktop;
  readonly snapshot: () => Snapshot;
}

/** What may be run is agreed to by `allowProgram` only; here it can only be taken back. */
function withoutNewPrograms(change: Partial<Settings>, { programs }: Settings): Partial<Settings> {
  const asked: unknown = change.programs;
  if (!Array.isArray(asked)) return change;
  return { ...change, programs: programs.filter(digest => asked.includes(digest)) };
}

/** What each request of the window does. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { engine, connecting, installing, desktop, snapshot } = parts;
  const nothing = argsOf('nothing');
  const text = argsOf('text');
  const plain = <T>(run: () => T | Promise<T>) => ({ args: nothing, run });
  return {
    getSnapshot: plain(snapshot),
    getFile: plain(() => fileOf(engine)),
    getBackups: plain(() => listBackupViews(engine)),
    getNameSources: { args: text, run: hostname => nameSources(engine, hostname) },
    syncNow: { args: argsOf('flag'), run: accept => engine.syncNow(accept) },
    restoreBackup: { args: text, run: (id): Promise<WriteView> => restoreBackup(engine, id) },
    removeAll: plain(() => removeAll(engine)),
    checkNow: plain(() => engine.watch?.check()),
    pause: { args: argsOf('minutes'), run: minutes => engine.pause.begin(minutes) },
    resume: plain(() => engine.pause.end()),
    setSettings: {
      // Each value is judged by the settings' own parser.
      args: raw => argsOf('change')(raw) as [Partial<Settings>],
      run: change => engine.settings.change(withoutNewPrograms(change, engine.settings.settings)),
    },
    chooseContext: { args: text, run: context => engine.settings.change({ context }) },
    chooseKubeconfig: plain(() => connecting.chooseFile(desktop)),
    pasteKubeconfig: { args: argsOf('kubeconfig'), run: pasted => connecting.paste(pasted) },
    lookAgain: plain(() => engine.reconnect()),
    startDemo: plain(() => engine.startDemo()),
    leaveDemo: plain(() => {
      installing.abandon();
      return engine.leaveDemo();
    }),
    setServerAddress: { args: text, run: address => connecting.setAddress(address) },
    allowProgram: { args: text, run: digest => connecting.allow(digest) },
    declineProgram: { args: text, run: digest => connecting.decline(digest) },
    ...installerHandlers(parts),
    openUrl: { args: text, run: url => desktop.openUrl(url) },
    copyText: { args: argsOf('copied'), run: copied => desktop.copy(copied) },
    openLogs: plain(() => desktop.openLogs()),
    copyDiagnostics: plain(() => desktop.copy(desktop.diagnostics())),
    testNotification: plain(() => desktop.testNotification()),
    dismissWrite: plain(() => engine.dismissWrite()),
    quit: plain(() => desktop.quit()),
  };
}

function installerHandlers({ installing }: HandlerParts) {
  const plain = (run: () => void | Promise<void>) => ({ args: argsOf('nothing'), run });
  const wish = argsOf('wish');
  return {
    runChecks: { args: argsOf('flag'), run: (again: boolean) => installing.runChecks(again) },
    adviseAddresses: { args: argsOf('addresses'), run: (addresses: string | null) => installing.advise(addresses) },
    planInstall: { args: wish, run: (wished: InstallWish) => installing.plan(wished) },
    install: { args: wish, run: (wished: InstallWish) => installing.install(wished) },
    cancelInstall: plain(() => installing.cancel()),
    keepInstallation: plain(() => installing.keep()),
    rollBack: plain(() => installing.rollBack()),
    removeMetallb: plain(() => installing.remove()),
    resetInstaller: plain(() => installing.reset()),
  };
}
