import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeTheme, Tray } from 'electron';
import type { Settings } from '../../preload/contract.ts';
import type { Platform } from '../../preload/words/tray.ts';
import { MenuVisit } from './menu-visit.ts';
import { trayImageFile } from './tray-image.ts';
import { buildTrayMenu, trayIcon, trayTooltip } from './tray-menu.ts';
import type { TrayAction, TrayRow } from './tray-row.ts';
import { TrayUpdates } from './tray-updates.ts';
import type { TrayView } from './tray-view.ts';

export interface TrayOptions {
  readonly platform: Platform;
  /** Where the images are: build/tray, or beside app.asar. */
  readonly images: string;
  readonly view: () => TrayView;
  readonly wish: () => Settings['trayIcon'];
  readonly onAction: (action: TrayAction) => void;
}

interface Look {
  readonly image: string;
  readonly tooltip: string;
  readonly rows: readonly TrayRow[];
}

/** By it macOS remembers where in the menu bar the user put the icon. */
const GUID = '7c0f6a3e-2b57-4c1c-9d3a-5e8b1f6d4a20';

/** The icon in the tray or menu bar. Keep a reference to it: an icon that is collected disappears. */
export class TrayIcon {
  readonly #options: TrayOptions;
  readonly #tray: Tray;
  readonly #updates: TrayUpdates<Look>;
  readonly #visit = new MenuVisit(() => this.#cancelled());
  readonly #onTheme = () => this.changed();
  #shown: Look;
  /** Electron does not keep the menu of a tray from being collected on every system. */
  #menu: Menu | undefined;

  constructor(options: TrayOptions) {
    this.#options = options;
    this.#shown = this.#look();
    const image = join(options.images, this.#shown.image);
    this.#tray = options.platform === 'darwin' ? new Tray(image, GUID) : new Tray(image);
    this.#updates = new TrayUpdates(
      () => this.#look(),
      look => this.#draw(look),
    );
    // On macOS any click opens the menu by itself.
    if (options.platform !== 'darwin') this.#tray.on('click', () => options.onAction({ do: 'show' }));
    nativeTheme.on('updated', this.#onTheme);
    this.#updates.drawNow();
  }

  /** The state or the settings changed. */
  changed(): void {
    this.#updates.changed();
  }

  destroy(): void {
    nativeTheme.off('updated', this.#onTheme);
    this.#updates.stop();
    this.#visit.stop();
    this.#tray.destroy();
  }

  #look(): Look {
    const { platform, view, wish } = this.#options;
    const shown = view();
    const isPanelDark = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI;
    return {
      image: trayImageFile(trayIcon(shown), platform, wish(), isPanelDark),
      tooltip: trayTooltip(shown),
      rows: buildTrayMenu(shown, platform),
    };
  }

  #draw(look: Look): void {
    if (look.image !== this.#shown.image) this.#tray.setImage(join(this.#options.images, look.image));
    this.#shown = look;
    this.#tray.setToolTip(look.tooltip);
    const menu = Menu.buildFromTemplate(look.rows.map(row => itemOf(row, action => this.#choose(action))));
    menu.on('menu-will-show', () => {
      this.#visit.opened();
      this.#updates.menuOpened();
    });
    menu.on('menu-will-close', () => {
      this.#visit.closed();
      this.#updates.menuClosed();
    });
    this.#menu = menu;
    // Linux shows no change of a menu that was given to it before.
    this.#tray.setContextMenu(this.#menu);
  }

  #choose(action: TrayAction): void {
    this.#visit.chosen();
    this.#options.onAction(action);
  }

  /** On Windows whoever came to the icon by keyboard would be nowhere after Esc. */
  #cancelled(): void {
    if (this.#options.platform === 'win32') this.#tray.focus();
  }
}

function itemOf(row: TrayRow, onAction: TrayOptions['onAction']): MenuItemConstructorOptions {
  if (row.type === 'separator') return { id: row.id, type: 'separator' };
  const { id, label, sublabel, type, checked, accelerator, action, rows } = row;
  return {
    id,
    label,
    ...(sublabel !== undefined && { sublabel }),
    ...(type !== undefined && { type }),
    ...(checked !== undefined && { checked }),
    // It only tells: the keys themselves belong to the window's menu.
    ...(accelerator !== undefined && { accelerator, registerAccelerator: false }),
    ...(action !== undefined && { click: () => onAction(action) }),
    ...(rows !== undefined && { submenu: rows.map(each => itemOf(each, onAction)) }),
  };
}
