import type { ElectronApplication } from '@playwright/test';

/** A row of the tray's menu, as it was when the app set it. */
export interface TrayRow {
  readonly id: string;
  /** `-` is a separator. */
  readonly label: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly rows: readonly TrayRow[];
}

export interface SeenDialog {
  readonly kind: 'open' | 'message';
  readonly title: string;
  readonly message: string;
  readonly buttons: readonly string[];
}

interface Item {
  readonly id: string;
  readonly label: string;
  readonly submenu?: { readonly items: readonly Item[] };
  click(): void;
}

interface Emitter {
  emit(name: string, ...args: unknown[]): unknown;
}

/** What record.cjs keeps in the main process. */
interface Recorded {
  readonly tray?: Emitter;
  readonly menu?: { readonly items: readonly Item[] };
  readonly rows: readonly TrayRow[];
  readonly tooltip: string;
  readonly image: string;
  readonly notifications: readonly (Emitter & { readonly title: string; readonly body: string })[];
  readonly opened: readonly string[];
  readonly revealed: readonly string[];
  readonly copied: readonly string[];
  readonly dialogs: readonly SeenDialog[];
  readonly answers: object[];
  readonly loginItem?: { readonly openAtLogin?: boolean };
}

/** What there is of the app besides its window, to look at and to use. */
export class Outside {
  readonly #app: ElectronApplication;

  constructor(app: ElectronApplication) {
    this.#app = app;
  }

  readonly tray = {
    rows: (): Promise<readonly TrayRow[]> => this.#read('rows'),
    labels: async (): Promise<readonly string[]> => (await this.tray.rows()).map(({ label }) => label),
    tooltip: (): Promise<string> => this.#read('tooltip'),
    /** The path of its image. */
    image: (): Promise<string> => this.#read('image'),
    click: () =>
      this.#app.evaluate(() => void (globalThis as unknown as { recorded: Recorded }).recorded.tray?.emit('click', {})),
    /** By id or label, also in a submenu. */
    choose: (wanted: string): Promise<void> =>
      this.#app.evaluate((_, name) => {
        const { menu } = (globalThis as unknown as { recorded: Recorded }).recorded;
        const all = (items: readonly Item[]): Item[] =>
          items.flatMap(item => [item, ...all(item.submenu?.items ?? [])]);
        const item = all(menu?.items ?? []).find(({ id, label }) => id === name || label === name);
        if (item === undefined) throw new Error(`the tray's menu has no ${name}`);
        item.click();
      }, wanted),
  };

  readonly notifications = (): Promise<readonly { readonly title: string; readonly body: string }[]> =>
    this.#app.evaluate(() =>
      (globalThis as unknown as { recorded: Recorded }).recorded.notifications.map(({ title, body }) => ({
        title,
        body,
      })),
    );

  /** Tells the app what became of one; `detail` is the number of the button that was used, or why it failed. */
  readonly tellNotification = async (
    index: number,
    name: 'click' | 'close' | 'failed' | 'action',
    detail: number | string = 0,
  ): Promise<void> => {
    await this.#app.evaluate(
      (_, told) => {
        const { notifications } = (globalThis as unknown as { recorded: Recorded }).recorded;
        notifications[told.index]?.emit(told.name, { actionIndex: told.detail }, told.detail);
      },
      { index, name, detail },
    );
  };

  /** URLs that went to the browser. */
  readonly opened = (): Promise<readonly string[]> => this.#read('opened');

  /** Files and folders that were opened or shown. */
  readonly revealed = (): Promise<readonly string[]> => this.#read('revealed');

  readonly copied = (): Promise<readonly string[]> => this.#read('copied');

  readonly dialogs = (): Promise<readonly SeenDialog[]> => this.#read('dialogs');

  /** What the user will answer to the next dialog that is still unanswered; otherwise the user cancels. */
  readonly answer = async (answer: { filePaths?: string[]; canceled?: boolean; response?: number }): Promise<void> => {
    await this.#app.evaluate((_, given) => {
      (globalThis as unknown as { recorded: Recorded }).recorded.answers.push({ canceled: false, ...given });
    }, answer);
  };

  readonly startsAtLogin = (): Promise<boolean | undefined> =>
    this.#app.evaluate(() => (globalThis as unknown as { recorded: Recorded }).recorded.loginItem?.openAtLogin);

  #read<K extends 'rows' | 'tooltip' | 'image' | 'opened' | 'revealed' | 'copied' | 'dialogs'>(
    name: K,
  ): Promise<Recorded[K]> {
    return this.#app.evaluate(
      (_, key) => (globalThis as unknown as { recorded: Recorded }).recorded[key],
      name,
    ) as Promise<Recorded[K]>;
  }
}
