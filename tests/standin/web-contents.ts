import { EventEmitter } from 'node:events';
import type { WebPreferences } from 'electron';
import { electronEvent } from './event.ts';
import { ipcMain } from './ipc-main.ts';
import { nativeTheme } from './native-theme.ts';
import type { FromWindow } from './page/worlds.ts';
import { type PageSize, PageTarget } from './page-target.ts';
import { answer, type PausedRequest, refuse } from './requests.ts';
import { defaultSession } from './session.ts';
import { codec } from './structured-clone.ts';
import { fromWire, toWire } from './wire-url.ts';

type OpenHandler = (details: object) => { readonly action: string };

/** A window that asks for less than these would not be what the stand-in can show, nor what an app should open. */
const REFUSED: readonly [keyof WebPreferences, unknown][] = [
  ['sandbox', false],
  ['contextIsolation', false],
  ['nodeIntegration', true],
  ['nodeIntegrationInSubFrames', true],
  ['nodeIntegrationInWorker', true],
  ['webSecurity', false],
  ['webviewTag', true],
  ['allowRunningInsecureContent', true],
];

let lastId = 0;
const all = new Map<number, WebContents>();

/** What a window shows. */
export class WebContents extends EventEmitter {
  readonly id = ++lastId;
  readonly session = defaultSession;
  readonly mainFrame: object;
  readonly page: PageTarget;
  readonly #onTheme = () => this.#follow(this.page.setDark(nativeTheme.shouldUseDarkColors));
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  #wireUrl = '';
  /** Where the app itself, not the page, goes. */
  #expected: string | undefined;
  #destroyed = false;

  constructor(preferences: WebPreferences, size: PageSize) {
    super();
    for (const [name, value] of REFUSED)
      if (preferences[name] === value) throw new Error(`stand-in: no window with ${name}: ${value}`);
    this.mainFrame = frameOf(this);
    this.page = new PageTarget(preferences.preload, size);
    this.#follow(this.page.opened);
    this.#listen();
    nativeTheme.on('updated', this.#onTheme);
    all.set(this.id, this);
  }

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  /** Playwright finds a page's window by it. */
  static fromDevToolsTargetId(targetId: string): WebContents | undefined {
    return [...all.values()].find(({ page }) => page.targetId === targetId);
  }

  async loadURL(url: string): Promise<void> {
    await this.page.opened;
    this.#expected = toWire(url).replace(/#.*$/, '');
    const loaded = new Promise<void>(resolve => this.page.once('loaded', resolve));
    const { errorText } = await this.page.devtools.send('Page.navigate', { url: toWire(url) });
    if (errorText) {
      this.emit('did-fail-load', electronEvent(), -2, errorText, url, true);
      throw Object.assign(new Error(`${errorText} (-2) loading '${url}'`), { code: errorText, url });
    }
    await loaded;
  }

  reload(): void {
    this.#follow(this.page.devtools.send('Page.reload'));
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
    this.#follow(this.page.deliver('send', channel, codec.encode(args)));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async executeJavaScript(expression: string): Promise<unknown> {
    await this.page.opened;
    const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
    const { result, exceptionDetails } = await this.page.devtools.send('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  getURL(): string {
    return fromWire(this.#wireUrl);
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isLoading(): boolean {
    return false;
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  openDevTools(): void {}
  closeDevTools(): void {}
  setZoomFactor(): void {}
  setBackgroundThrottling(): void {}
  focus(): void {}

  /** As when the user closes its window. */
  close(): void {
    this.emit('standin-close');
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    nativeTheme.off('updated', this.#onTheme);
    all.delete(this.id);
    this.page.close().catch(() => {});
    this.emit('destroyed', electronEvent());
  }

  /** What fails because the window has gone meanwhile is of no interest; anything else is a fault. */
  #follow(done: Promise<unknown>): void {
    done.catch(error => {
      if (!this.#destroyed) process.stderr.write(`stand-in: ${error}\n`);
    });
  }

  #listen(): void {
    this.page.on('message', message => void this.#receive(message));
    this.page.on('request', paused => this.#follow(this.#request(paused)));
    this.page.on('navigated', wireUrl => {
      this.#wireUrl = wireUrl;
      // A new document starts without it.
      this.#onTheme();
      this.emit('did-navigate', electronEvent(), this.getURL(), 200, 'OK');
    });
    this.page.on('navigatedInPage', wireUrl => {
      this.#wireUrl = wireUrl;
      this.emit('did-navigate-in-page', electronEvent(), this.getURL(), true);
    });
    this.page.on('leaving', url => {
      // Such URLs never become a request; all others do.
      const reachesNetwork = /^(https?|file|data|blob|about|javascript):/.test(url);
      if (!reachesNetwork && this.#mayNavigate(url) && toWire(url) !== url) this.#follow(this.loadURL(url));
    });
    this.page.on('popup', url => {
      const details = { url: fromWire(url), frameName: '', features: '', disposition: 'foreground-tab' };
      if (this.#openHandler(details).action !== 'deny')
        process.stderr.write(`stand-in: no window is opened for ${details.url}, though the app allows it\n`);
    });
    this.page.on('loading', () => this.emit('did-start-loading', electronEvent()));
    this.page.on('domReady', () => this.emit('dom-ready', electronEvent()));
    this.page.on('loaded', () => {
      if (!this.#wireUrl.startsWith('about:')) this.emit('did-finish-load', electronEvent());
    });
    this.page.on('crashed', () => {
      this.emit('render-process-gone', electronEvent(), { reason: 'crashed', exitCode: 1 });
    });
  }

  async #request(paused: PausedRequest): Promise<void> {
    const { resourceType, frameId, request, redirectedRequestId } = paused;
    const url = fromWire(request.url);
    const isTop = frameId === this.page.targetId;
    // What has an answer already was allowed before it was sent.
    if (resourceType === 'Document' && paused.responseStatusCode === undefined) {
      const ownWish = isTop && (request.url === this.#expected || request.url === this.#wireUrl.replace(/#.*$/, ''));
      if (isTop) this.#expected = undefined;
      const asks = redirectedRequestId === undefined ? this.#mayNavigate : this.#mayRedirect;
      if (!ownWish && !asks.call(this, url, isTop)) return await refuse(this.page.devtools, paused);
    }
    await answer(this.page.devtools, paused);
  }

  #mayNavigate(url: string, isMainFrame = true): boolean {
    const frame = isMainFrame ? this.mainFrame : null;
    const ask = (name: string) => {
      const event = electronEvent({ url, isMainFrame, isSameDocument: false, frame, initiator: this.mainFrame });
      this.emit(name, event, url);
      return !event.defaultPrevented;
    };
    return ask('will-frame-navigate') && (!isMainFrame || ask('will-navigate'));
  }

  #mayRedirect(url: string, isMainFrame: boolean): boolean {
    const event = electronEvent({ url, isMainFrame, isSameDocument: false, frame: this.mainFrame });
    this.emit('will-redirect', event, url);
    return !event.defaultPrevented;
  }

  async #receive({ kind, id, channel, args }: FromWindow): Promise<void> {
    const event = electronEvent({ sender: this, senderFrame: this.mainFrame, type: 'frame', frameId: 1, processId: 1 });
    const values = codec.decode(args) as unknown[];
    if (kind === 'send') {
      ipcMain.emit(channel, event, ...values);
      return;
    }
    const reply = await ipcMain.answer(channel, event, values).then(
      result => ['result', result] as const,
      error => ['error', `Error invoking remote method '${channel}': ${error}`] as const,
    );
    if (!this.#destroyed) this.#follow(this.page.deliver(reply[0], id, codec.encode(reply[1])));
  }
}

function frameOf(contents: WebContents): object {
  return {
    routingId: 1,
    processId: 1,
    parent: null,
    get top() {
      return this;
    },
    get url() {
      return contents.getURL();
    },
    get origin() {
      return /^[^:]+:\/\/[^/]*/.exec(contents.getURL())?.[0] ?? 'null';
    },
    isDestroyed: () => contents.isDestroyed(),
  };
}
