import { app, Menu, type MenuItemConstructorOptions } from 'electron';
import { menuWords, type Platform } from '../../preload/words/tray.ts';

export interface AppMenuOptions {
  readonly platform: Platform;
  readonly onSettings: () => void;
}

/**
 * The menu bar of macOS; elsewhere it stays hidden, and its keys work. Electron's own would bring tools of developers and
 * links to pages of others.
 */
export function setAppMenu({ platform, onSettings }: AppMenuOptions): void {
  const settings: MenuItemConstructorOptions = {
    label: menuWords(platform).settings,
    accelerator: 'CmdOrCtrl+,',
    click: onSettings,
  };
  const view: MenuItemConstructorOptions = {
    role: 'viewMenu',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
  const close: MenuItemConstructorOptions = { role: 'close', accelerator: 'CmdOrCtrl+W' };
  const first: MenuItemConstructorOptions =
    platform === 'darwin'
      ? { label: app.name, submenu: [...aboutRows(settings), { role: 'quit' }] }
      : { role: 'fileMenu', submenu: [settings, close, { role: 'quit', accelerator: 'Ctrl+Q' }] };
  const window: MenuItemConstructorOptions = { role: 'windowMenu', submenu: [{ role: 'minimize' }, close] };
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([first, { role: 'editMenu' }, view, ...(platform === 'darwin' ? [window] : [])]),
  );
}

function aboutRows(settings: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return [
    { role: 'about' },
    { type: 'separator' },
    settings,
    { type: 'separator' },
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
  ];
}
