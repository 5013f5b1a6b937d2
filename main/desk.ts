import { join } from 'node:path';
import { app, clipboard, Menu, nativeTheme, shell } from 'electron';
import type { Patch, Screen, Snapshot } from '../preload/contract.ts';
import type { Engine } from './engine/engine.ts';
import { minutesToTomorrow } from './engine/pause.ts';
import { AppError } from './errors.ts';
import type { Desktop } from './ipc/handlers.ts';
import type { Log } from './log.ts';
import { appMenu } from './shell/app-menu.ts';
import { askAboutClosing } from './shell/close-dialog.ts';
import { decideClose } from './shell/closing.ts';
import { askForFile } from './shell/file-dialog.ts';
import { stillRunning, TEST_NOTICE } from './shell/notice.ts';
import { Notifications } from './shell/notifications.ts';
import { Notifier } from './shell/notifier.ts';
import { judgeUrl } from './shell/open-url.ts';
import { TrayIcon } from './shell/tray.ts';
import type { TrayAction } from './shell/tray-row.ts';
import { trayView } from './shell/tray-view.ts';
import { MainWindow } from './shell/window.ts';
import { diagnosticsOf } from './state/diagnostics.ts';
import { managedNames } from './state/names.ts';
import type { Publisher } from './state/publisher.ts';

export interface DeskOptions {
  readonly engine: Engine;
  readonly publisher: Publisher;
  readonly log: Log;
  /** Where the app keeps what is its own. */
  readonly folder: string;
  /** Where the bundles of the main process are. */
  readonly out: string;
  /** Looks again at what of the desktop may be another by now. */
  readonly lookAround: () => void;
}

/** The app as it is on the desktop: window, tray, notifications, and what they ask for. */
export class Desk implements Desktop {
  readonly #options: DeskOptions;
  readonly #window: MainWindow;
  readonly #tray: TrayIcon;
  readonly #notifications: Notifications;
  readonly #notifier: Notifier;

  constructor(options: DeskOptions) {
    const { publisher, folder, out } = options;
    const { system, settings } = publisher.snapshot.state;
    const { platform } = system;
    const resources = app.isPackaged ? process.resourcesPath : join(out, '..', '..', 'build');
    this.#options = options;
    nativeTheme.themeSource = settings.theme;
    this.#window = new MainWindow({
      platform,
      preload: join(out, '..', 'preload', 'index.cjs'),
      boundsFile: join(folder, 'window.json'),
      icon: join(resources, 'icons', '256x256.png'),
      onClose: () => void this.#close(),
    });
    this.#tray = new TrayIcon({
      platform,
      images: join(resources, 'tray'),
      view: () => trayView(publisher.snapshot.state, publisher.snapshot.names),
      wish: () => publisher.snapshot.state.settings.trayIcon,
      onAction: action => void this.#act(action),
    });
    this.#notifications = new Notifications({
      platform,
      onOpen: screen => this.show(screen),
      onFailed: reason => options.log.warn(`No notification could be shown (${reason}).`),
    });
    this.#notifier = new Notifier({
      show: notice => this.#notifications.show(notice),
      isWatched: () => this.#window.isFocused,
    });
    const menu = appMenu({ platform, onSettings: () => this.show('settings') });
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
  }

  show(screen?: Screen): void {
    this.#window.show(screen);
    void this.#options.engine.watch?.look();
    this.#options.lookAround();
  }

  /** The page asked for all there is; it hears of what changes from here on. */
  pageIsReady(): Snapshot {
    const { publisher } = this.#options;
    publisher.flush();
    this.#window.pageIsReady();
    return publisher.snapshot;
  }

  published(patch: Patch): void {
    const { state } = this.#options.publisher.snapshot;
    this.#window.send(patch);
    this.#tray.changed();
    this.#notifier.update(state);
    const { theme } = state.settings;
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
  }

  chooseFile(): Promise<string | undefined> {
    return askForFile(this.#window.browserWindow);
  }

  async openUrl(url: string): Promise<void> {
    const judged = judgeUrl(url, managedNames(this.#options.publisher.snapshot));
    if (judged === undefined)
      throw new AppError('usage', 'That is not an address of this cluster.', 'Nothing was opened.');
    await shell.openExternal(judged);
  }

  async copy(text: string): Promise<void> {
    await clipboard.writeText(text);
  }

  async openLogs(): Promise<void> {
    shell.showItemInFolder(this.#options.log.file);
  }

  diagnostics(): string {
    return diagnosticsOf(this.#options.publisher.snapshot);
  }

  testNotification(): void {
    this.#notifications.show(TEST_NOTICE);
  }

  quit(): void {
    app.quit();
  }

  destroy(): void {
    this.#notifier.stop();
    this.#tray.destroy();
  }

  async #close(): Promise<void> {
    const { engine, publisher } = this.#options;
    const { settings, system } = publisher.snapshot.state;
    const decision = decideClose(settings, system.tray);
    if (decision === 'quit') return app.quit();
    const window = this.#window.browserWindow;
    const answer = decision === 'ask' && window ? await askAboutClosing(window, system.tray) : 'keep';
    if (answer === 'cancel') return;
    if (answer === 'quit') return app.quit();
    this.#window.hide();
    if (decision === 'hide-and-tell') this.#notifications.show(stillRunning(system.platform));
    if (decision !== 'hide') await engine.settings.change({ toldAboutTray: true });
  }

  async #act(action: TrayAction): Promise<void> {
    try {
      await this.#do(action);
    } catch (error) {
      this.#options.log.error('What the tray asked for failed.', error);
      if (error instanceof AppError) this.#options.engine.note('error', `${error.message} ${error.hint}`);
      this.show();
    }
  }

  async #do(action: TrayAction): Promise<unknown> {
    const { engine } = this.#options;
    switch (action.do) {
      case 'sync':
        return await this.#sync();
      case 'open-name':
        return await this.openUrl(`https://${action.hostname}/`);
      case 'copy':
        return await this.copy(action.text);
      case 'choose-context':
        return await engine.settings.change({ context: action.name });
      case 'check':
        return engine.watch?.check();
      case 'pause':
        return engine.pause.begin(action.minutes === 'tomorrow' ? minutesToTomorrow(new Date()) : action.minutes);
      case 'resume':
        return engine.pause.end();
      case 'show':
        return this.show(action.screen);
      case 'settings':
        return this.show('settings');
      case 'quit':
        return this.quit();
    }
  }

  /** What did not go through, or has to be decided first, is shown in the window. */
  async #sync(): Promise<void> {
    const { engine, publisher } = this.#options;
    const { setup, hosts } = publisher.snapshot.state;
    if (setup !== undefined) return this.show();
    if (hosts.held !== undefined && !hosts.changed) return this.show('hosts-file');
    const { outcome } = await engine.syncNow(false);
    if (outcome !== 'done' && outcome !== 'no-change' && outcome !== 'declined') this.show('hosts-file');
  }
}
