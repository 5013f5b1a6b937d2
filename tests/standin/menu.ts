import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import { app } from './app.ts';
import { BrowserWindow } from './browser-window.ts';
import { electronEvent } from './event.ts';

type Template = readonly (MenuItemConstructorOptions | MenuItem)[];

let lastCommand = 0;

export class MenuItem {
  readonly commandId = ++lastCommand;
  readonly id: string;
  readonly type: string;
  readonly role: string | undefined;
  readonly submenu: Menu | undefined;
  readonly accelerator: string | undefined;
  readonly icon: unknown;
  label: string;
  sublabel: string;
  toolTip: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  menu: Menu | undefined;
  readonly #onClick: MenuItemConstructorOptions['click'];

  constructor(options: MenuItemConstructorOptions) {
    const { submenu, role, label } = options;
    if (label === undefined && role === undefined && options.type === undefined)
      throw new Error('Invalid template for MenuItem: must have at least one of label, role or type');
    this.id = options.id ?? '';
    this.type = options.type ?? (submenu ? 'submenu' : 'normal');
    this.role = role;
    if (submenu) this.submenu = submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu as Template);
    this.accelerator = options.accelerator;
    this.icon = options.icon;
    this.label = label ?? role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.#onClick = options.click;
  }

  /** As when the user chooses it. */
  click(): void {
    if (!this.enabled) return;
    if (this.type === 'checkbox') this.checked = !this.checked;
    if (this.type === 'radio') {
      for (const other of this.menu?.items ?? []) if (other.type === 'radio') other.checked = false;
      this.checked = true;
    }
    const window = BrowserWindow.getFocusedWindow();
    if (this.#onClick) this.#onClick(this as never, window as never, electronEvent() as never);
    else if (this.role === 'quit') app.quit();
    else if (this.role === 'close') window?.close();
  }
}

/** `electron`'s `Menu`: kept in memory, for tests to read and to choose from. */
export class Menu extends EventEmitter {
  static #application: Menu | null = null;
  readonly items: MenuItem[] = [];

  static buildFromTemplate(template: Template): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }

  append(item: MenuItem): void {
    // Not enumerable: else the menu would be part of itself where it is written out.
    Object.defineProperty(item, 'menu', { value: this, enumerable: false, configurable: true });
    this.items.push(item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found) return found;
    }
    return null;
  }

  popup(): void {}
  closePopup(): void {}
}
