import { EventEmitter } from 'node:events';
import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { browser } from './browser.ts';
import { electronEvent } from './event.ts';
import { openWindows } from './open-windows.ts';
import { PRIMARY_DISPLAY } from './screen.ts';
import { startedAs } from './started-as.ts';
import { WebContents } from './web-contents.ts';

let lastId = 0;
let focused: BrowserWindow | undefined;

/** A window: a page of the browser, of which whether and where it is seen is kept here. */
export class BrowserWindow extends EventEmitter {
  readonly id = ++lastId;
  readonly webContents: WebContents;
  #bounds: Rectangle;
  #title: string;
  #visible: boolean;
  #minimized = false;
  #destroyed = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { width = 800, height = 600 } = options;
    const { workArea } = PRIMARY_DISPLAY;
    const x = options.x ?? workArea.x + Math.round((workArea.width - width) / 2);
    const y = options.y ?? workArea.y + Math.round((workArea.height - height) / 2);
    this.#bounds = { x, y, width, height };
    this.#title = options.title ?? app.name;
    this.#visible = options.show !== false;
    this.webContents = new WebContents(options.webPreferences ?? {}, this.#bounds);
    this.#listen();
    openWindows.add(this);
    this.#showPage();
    if (this.#visible) this.focus();
    app.emit('browser-window-created', electronEvent(), this);
    app.emit('web-contents-created', electronEvent(), this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...openWindows] as BrowserWindow[];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused ?? null;
  }

  static fromWebContents(contents: WebContents | undefined): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(({ webContents }) => webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find(window => window.id === id) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    await this.webContents.loadURL(url);
  }

  show(): void {
    this.showInactive();
    this.focus();
  }

  showInactive(): void {
    this.#setVisible(true);
  }

  hide(): void {
    this.blur();
    this.#setVisible(false);
  }

  focus(): void {
    if (focused === this || !this.#visible) return;
    focused?.blur();
    focused = this;
    this.emit('focus', electronEvent());
    app.emit('browser-window-focus', electronEvent(), this);
  }

  blur(): void {
    if (focused !== this) return;
    focused = undefined;
    this.emit('blur', electronEvent());
    app.emit('browser-window-blur', electronEvent(), this);
  }

  minimize(): void {
    if (this.#minimized) return;
    this.blur();
    this.#minimized = true;
    this.#showPage();
    this.emit('minimize', electronEvent());
  }

  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.#showPage();
    this.emit('restore', electronEvent());
    this.focus();
  }

  close(): void {
    if (this.#destroyed) return;
    const event = electronEvent();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    openWindows.delete(this);
    if (focused === this) focused = undefined;
    this.webContents.destroy();
    this.emit('closed', electronEvent());
    if (openWindows.size > 0 || app.isQuitting) return;
    if (app.listenerCount('window-all-closed') === 0) app.quit();
    else app.emit('window-all-closed');
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  isFocused(): boolean {
    return focused === this;
  }

  isMaximized(): boolean {
    return false;
  }

  isFullScreen(): boolean {
    return false;
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  getNormalBounds(): Rectangle {
    return this.getBounds();
  }

  setBounds(bounds: Partial<Rectangle>): void {
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    const { x, y, width, height } = this.#bounds;
    if (width !== before.width || height !== before.height) {
      this.webContents.page.resize(this.#bounds).catch(() => {});
      this.emit('resize', electronEvent());
    }
    if (x !== before.x || y !== before.y) this.emit('move', electronEvent());
  }

  setTitle(title: string): void {
    this.#title = title;
  }

  getTitle(): string {
    return this.#title;
  }

  maximize(): void {}
  setMinimumSize(): void {}
  setBackgroundColor(): void {}
  setIcon(): void {}
  setMenu(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setAutoHideMenuBar(): void {}
  setSkipTaskbar(): void {}
  moveTop(): void {}

  #setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    this.#showPage();
    this.emit(visible ? 'show' : 'hide', electronEvent());
  }

  #showPage(): void {
    this.webContents.page.setVisible(this.#visible && !this.#minimized).catch(() => {});
  }

  #listen(): void {
    this.webContents.on('standin-close', () => this.close());
    this.webContents.once('did-finish-load', () => this.emit('ready-to-show', electronEvent()));
    browser().browser.on('Target.targetDestroyed', ({ targetId }) => {
      if (this.#destroyed || targetId !== this.webContents.page.targetId) return;
      this.emit('close', electronEvent());
      this.destroy();
      // Whoever looks on has no tray to open the window again.
      if (startedAs.headful) app.quit();
    });
  }
}
