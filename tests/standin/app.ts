import { EventEmitter } from 'node:events';
import { AppPaths } from './app-paths.ts';
import { endBrowser } from './browser.ts';
import { electronEvent } from './event.ts';
import { openWindows } from './open-windows.ts';
import { SingleInstance } from './single-instance.ts';
import { startedAs } from './started-as.ts';

const switches = {
  appendSwitch: (name: string, value = ''): void => void startedAs.switches.set(name, value),
  hasSwitch: (name: string): boolean => startedAs.switches.has(name),
  getSwitchValue: (name: string): string => startedAs.switches.get(name) ?? '',
  removeSwitch: (name: string): void => void startedAs.switches.delete(name),
};

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = switches;
  /** The macOS Dock; elsewhere there is none. */
  readonly dock = process.platform === 'darwin' ? { show: async () => {}, hide() {}, setIcon() {} } : undefined;
  name = startedAs.name;
  readonly #paths = new AppPaths(() => this.name);
  readonly #instance = new SingleInstance();
  readonly #readiness = Promise.withResolvers<void>();
  #ready = false;
  #quitting = false;
  #loginItem = { openAtLogin: false };

  /** Called once the app's main bundle has run and the browser is there. */
  becomeReady(): void {
    this.#ready = true;
    this.emit('will-finish-launching');
    this.emit('ready', electronEvent(), {});
    this.#readiness.resolve();
  }

  whenReady(): Promise<void> {
    return this.#readiness.promise;
  }

  isReady(): boolean {
    return this.#ready;
  }

  get isQuitting(): boolean {
    return this.#quitting;
  }

  getName(): string {
    return this.name;
  }

  setName(name: string): void {
    this.name = name;
  }

  getVersion(): string {
    return startedAs.version;
  }

  getAppPath(): string {
    return startedAs.folder;
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getLocale(): string {
    return 'en-US';
  }

  requestSingleInstanceLock(data?: unknown): boolean {
    return this.#instance.take(`${this.getPath('userData')}/standin-lock`, data, second => {
      this.emit('second-instance', electronEvent(), second.argv, second.folder, second.data);
    });
  }

  hasSingleInstanceLock(): boolean {
    return this.#instance.held;
  }

  releaseSingleInstanceLock(): void {
    this.#instance.release();
  }

  /** Linux has no login items: there, as in Electron, nothing is remembered. */
  setLoginItemSettings({ openAtLogin = false }: { openAtLogin?: boolean }): void {
    if (process.platform !== 'linux') this.#loginItem = { openAtLogin };
  }

  getLoginItemSettings(): object {
    return { wasOpenedAtLogin: false, executableWillLaunchAtLogin: false, launchItems: [], ...this.#loginItem };
  }

  setAsDefaultProtocolClient(): boolean {
    return true;
  }

  enableSandbox(): void {}
  disableHardwareAcceleration(): void {}
  setAppUserModelId(): void {}
  setActivationPolicy(): void {}
  setAboutPanelOptions(): void {}
  relaunch(): void {}
  focus(): void {}
  show(): void {}
  hide(): void {}

  /** Asks the app, then every window; each may say no. */
  quit(): void {
    if (this.#quitting) return;
    const before = electronEvent();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.#quitting = true;
    for (const window of [...openWindows]) {
      window.close();
      if (!window.isDestroyed()) {
        this.#quitting = false;
        return;
      }
    }
    const will = electronEvent();
    this.emit('will-quit', will);
    this.#quitting = !will.defaultPrevented;
    if (will.defaultPrevented) return;
    this.emit('quit', electronEvent(), 0);
    this.exit(0);
  }

  exit(code = 0): void {
    this.#quitting = true;
    this.#instance.release();
    void endBrowser().finally(() => process.exit(code));
  }
}

export const app = new App();
