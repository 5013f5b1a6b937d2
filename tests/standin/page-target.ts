import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { browser } from './browser.ts';
import type { DevtoolsTarget } from './devtools.ts';
import { pageScripts } from './page/scripts.ts';
import type { FromWindow } from './page/worlds.ts';
import type { PausedRequest } from './requests.ts';
import { startedAs } from './started-as.ts';

const PRELOAD_WORLD = 'Electron Isolated Context';

interface PageEvents {
  message: [message: FromWindow];
  request: [request: PausedRequest];
  navigated: [wireUrl: string];
  navigatedInPage: [wireUrl: string];
  /** A link or script of the page wants to go there. */
  leaving: [wireUrl: string];
  popup: [wireUrl: string];
  loading: [];
  domReady: [];
  loaded: [];
  crashed: [];
}

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

/** One page of the browser, as what a window shows: it has the bridge, the preload script and the handlers' answers. */
export class PageTarget extends EventEmitter<PageEvents> {
  readonly opened: Promise<void>;
  #targetId = '';
  #devtools: DevtoolsTarget | undefined;
  #world: number | undefined;

  constructor(preload: string | undefined, size: PageSize) {
    super();
    this.opened = this.#open(preload, size);
  }

  get targetId(): string {
    return this.#targetId;
  }

  get devtools(): DevtoolsTarget {
    if (this.#devtools === undefined) throw new Error('the page is not open yet');
    return this.#devtools;
  }

  /** Gives something to the preload script's world; as in Electron, it is lost while no document is there. */
  async deliver(kind: 'send' | 'result' | 'error', key: string | number, text: string): Promise<void> {
    await this.opened;
    if (this.#world === undefined) return;
    await this.devtools.send('Runtime.callFunctionOn', {
      executionContextId: this.#world,
      functionDeclaration: '(kind, key, text) => __standinReceive(kind, key, text)',
      arguments: [{ value: kind }, { value: key }, { value: text }],
    });
  }

  async resize({ width, height }: PageSize): Promise<void> {
    await this.opened;
    await this.#size(width, height);
  }

  async setVisible(visible: boolean): Promise<void> {
    await this.opened;
    await this.#visible(visible);
  }

  async setDark(dark: boolean): Promise<void> {
    await this.opened;
    await this.devtools.send('Emulation.setEmulatedMedia', {
      features: [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }],
    });
  }

  async close(): Promise<void> {
    await this.opened;
    await browser().browser.send('Target.closeTarget', { targetId: this.#targetId });
  }

  async #open(preload: string | undefined, size: PageSize): Promise<void> {
    this.#targetId = await newTarget(size);
    const devtools = await browser().attach(this.#targetId);
    this.#devtools = devtools;
    this.#listen(devtools);
    const text = preload === undefined ? undefined : readFileSync(preload, 'utf8');
    const scripts = pageScripts(randomBytes(16).toString('hex'), text, rendererProcess());
    await Promise.all([
      devtools.send('Page.enable'),
      devtools.send('Runtime.enable'),
      devtools.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
      devtools.send('Runtime.addBinding', { name: '__standinSend', executionContextName: PRELOAD_WORLD }),
      // They run in this order.
      devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main }),
      scripts.preload &&
        devtools.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: PRELOAD_WORLD }),
      this.#size(size.width, size.height),
    ]);
  }

  #listen(devtools: DevtoolsTarget): void {
    const isTop = (frame: string | undefined) => frame === this.#targetId;
    devtools.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      if (name === PRELOAD_WORLD && isTop((auxData as { frameId?: string }).frameId)) this.#world = id;
    });
    devtools.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#world) this.#world = undefined;
    });
    devtools.on('Runtime.bindingCalled', ({ payload }) => this.emit('message', JSON.parse(payload)));
    devtools.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text } }) => {
      process.stderr.write(`[window] ${exception?.description ?? text}\n`);
    });
    devtools.on('Page.frameNavigated', ({ frame }) => {
      if (isTop(frame.id)) this.emit('navigated', frame.url + (frame.urlFragment ?? ''));
    });
    devtools.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (isTop(frameId)) this.emit('navigatedInPage', url);
    });
    devtools.on('Page.frameRequestedNavigation', ({ frameId, url }) => {
      if (isTop(frameId)) this.emit('leaving', url);
    });
    devtools.on('Page.frameStartedLoading', ({ frameId }) => {
      if (isTop(frameId)) this.emit('loading');
    });
    devtools.on('Page.windowOpen', ({ url }) => this.emit('popup', url));
    devtools.on('Page.domContentEventFired', () => this.emit('domReady'));
    devtools.on('Page.loadEventFired', () => this.emit('loaded'));
    devtools.on('Inspector.targetCrashed', () => this.emit('crashed'));
    devtools.on('Fetch.requestPaused', request => this.emit('request', request));
  }

  async #size(width: number, height: number): Promise<void> {
    const { windowId } = await browser().browser.send('Browser.getWindowForTarget', { targetId: this.#targetId });
    // Exactly the page's size: no browser draws the same frame around it as Electron.
    await browser()
      .browser.send('Browser.setContentsSize', { windowId, width, height })
      .catch(() => {});
  }

  async #visible(visible: boolean): Promise<void> {
    const { windowId } = await browser().browser.send('Browser.getWindowForTarget', { targetId: this.#targetId });
    const bounds = { windowState: visible ? 'normal' : 'minimized' } as const;
    await browser()
      .browser.send('Browser.setWindowBounds', { windowId, bounds })
      .catch(() => {});
  }
}

/** Where people look on, the browser has opened a window by itself, which has neither tabs nor an address bar. */
async function newTarget(size: PageSize): Promise<string> {
  if (startedAs.headful) {
    const { targetInfos } = await browser().browser.send('Target.getTargets');
    const own = targetInfos.find(({ type, attached }) => type === 'page' && !attached);
    if (own) return own.targetId;
  }
  const options = { url: 'about:blank', newWindow: true, ...size };
  const { targetId } = await browser().browser.send('Target.createTarget', options);
  return targetId;
}

/** `process` as a sandboxed preload script sees it. */
function rendererProcess(): object {
  const { platform, arch, versions } = process;
  return { type: 'renderer', sandboxed: true, contextIsolated: true, platform, arch, versions, argv: [], env: {} };
}
