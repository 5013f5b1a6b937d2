import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import type { Patch, Screen } from '../../preload/contract.ts';
import type { Platform } from '../../preload/words/tray.ts';
import { PAGE } from './own-page.ts';
import { clampBounds, MIN_SIZE, readBounds, SIZE, writeBounds } from './window-bounds.ts';
import { canvasColor, overlayOf, titleBar } from './window-looks.ts';

export interface WindowOptions {
  readonly platform: Platform;
  /** The bundled preload script. */
  readonly preload: string;
  /** Remembers where the window was. */
  readonly boundsFile: string;
  /** Linux only: the other systems take it from the program. */
  readonly icon?: string;
  /** The user closed it, and it is still there: hide it, or quit. */
  readonly onClose: () => void;
}

/** Hidden so long, it gives its memory back; all that it showed is in this process. */
const DESTROY_AFTER_MS = 60_000;

/** The one window of the app; it comes back as it was. */
export class MainWindow {
  readonly #options: WindowOptions;
  #window: BrowserWindow | undefined;
  #destroyTimer: NodeJS.Timeout | undefined;
  /** There is something to see. */
  #isPainted = false;
  /** It is to be seen. */
  #isWanted = false;
  #hears = false;
  #screen: Screen | undefined;
  #isQuitting = false;

  constructor(options: WindowOptions) {
    this.#options = options;
    app.once('before-quit', () => {
      this.#isQuitting = true;
      this.#remember();
    });
    // Without a listener the app would quit when the hidden window is destroyed.
    app.on('window-all-closed', () => undefined);
    nativeTheme.on('updated', () => this.#paint());
  }

  get isVisible(): boolean {
    return this.#window?.isVisible() ?? false;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() ?? false;
  }

  /** The dialogs of the system belong to it. */
  get browserWindow(): BrowserWindow | undefined {
    return this.#window;
  }

  /** Brings it to the front, made anew where it must be. */
  show(to?: Screen): void {
    clearTimeout(this.#destroyTimer);
    this.#screen = to ?? this.#screen;
    this.#isWanted = true;
    const window = this.#window ?? this.#create();
    this.#navigate();
    if (this.#isPainted) this.#reveal(window);
  }

  hide(): void {
    const window = this.#window;
    if (window === undefined) return;
    this.#remember();
    this.#isWanted = false;
    this.#conceal(window);
    clearTimeout(this.#destroyTimer);
    this.#destroyTimer = setTimeout(() => window.destroy(), DESTROY_AFTER_MS).unref();
  }

  /** The page asked for what there is: from now on it is told what changes. */
  pageIsReady(): void {
    this.#hears = true;
    this.#navigate();
  }

  /** Goes nowhere while there is no page: the next one asks for everything first. */
  send(patch: Patch): void {
    if (this.#hears) this.#window?.webContents.send('patch', patch);
  }

  #create(): BrowserWindow {
    const { platform, preload, icon } = this.#options;
    const isDark = nativeTheme.shouldUseDarkColors;
    const window = new BrowserWindow({
      ...this.#bounds(),
      minWidth: MIN_SIZE.width,
      minHeight: MIN_SIZE.height,
      show: false,
      title: 'Cluster Hosts',
      backgroundColor: canvasColor(isDark),
      ...titleBar(platform, isDark),
      ...(icon !== undefined && platform === 'linux' && { icon }),
      webPreferences: {
        preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webviewTag: false,
        devTools: !app.isPackaged,
      },
    });
    this.#window = window;
    this.#listen(window);
    // It fails where the window is destroyed meanwhile.
    window.loadURL(PAGE).catch(() => undefined);
    return window;
  }

  #listen(window: BrowserWindow): void {
    window.once('ready-to-show', () => {
      this.#isPainted = true;
      if (this.#isWanted) this.#reveal(window);
    });
    window.on('close', event => {
      if (this.#isQuitting) return;
      event.preventDefault();
      this.#options.onClose();
    });
    window.once('closed', () => {
      clearTimeout(this.#destroyTimer);
      this.#window = undefined;
      this.#isPainted = false;
      this.#hears = false;
    });
    window.webContents.on('dom-ready', () => this.pageIsReady());
    // A page that is loaded anew, after a crash or by hand, asks for everything again.
    window.webContents.on('did-start-loading', () => {
      this.#hears = false;
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') window.destroy();
    });
  }

  #reveal(window: BrowserWindow): void {
    if (this.#options.platform === 'darwin') app.setActivationPolicy('regular');
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  #conceal(window: BrowserWindow): void {
    const isMac = this.#options.platform === 'darwin';
    if (isMac) app.setActivationPolicy('accessory');
    if (!isMac || !window.isFullScreen()) return window.hide();
    // In a space of its own it would leave that one black behind.
    window.once('leave-full-screen', () => {
      if (!this.#isWanted) window.hide();
    });
    window.setFullScreen(false);
  }

  #navigate(): void {
    if (!this.#hears || this.#screen === undefined) return;
    this.#window?.webContents.send('navigate', this.#screen);
    this.#screen = undefined;
  }

  #bounds(): Partial<Electron.Rectangle> {
    const bounds = readBounds(this.#options.boundsFile);
    if (bounds === undefined) return SIZE;
    return clampBounds(
      bounds,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    );
  }

  #remember(): void {
    if (this.#window !== undefined) writeBounds(this.#options.boundsFile, this.#window.getNormalBounds());
  }

  #paint(): void {
    const isDark = nativeTheme.shouldUseDarkColors;
    this.#window?.setBackgroundColor(canvasColor(isDark));
    if (this.#options.platform === 'win32') this.#window?.setTitleBarOverlay(overlayOf(isDark));
  }
}
