import type { MenuItemConstructorOptions } from 'electron';
import { menuWords, type Platform, TRAY } from '../../preload/words/tray.ts';

export interface AppMenuOptions {
  readonly platform: Platform;
  readonly onSettings: () => void;
}

/**
 * The menu bar of macOS; elsewhere it stays hidden, and its keys work. Electron's own would bring tools of developers and
 * links to pages of others, and calls the program after its folder.
 */
export function appMenu({ platform, onSettings }: AppMenuOptions): MenuItemConstructorOptions[] {
  const words = menuWords(platform);
  const settings: MenuItemConstructorOptions = {
    label: words.settings,
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
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit };
  const first: MenuItemConstructorOptions =
    platform === 'darwin'
      ? { label: TRAY.product, submenu: [...aboutRows(settings, words), quit] }
      : { role: 'fileMenu', submenu: [settings, close, { ...quit, accelerator: 'Ctrl+Q' }] };
  const window: MenuItemConstructorOptions = { role: 'windowMenu', submenu: [{ role: 'minimize' }, close] };
  return [first, { role: 'editMenu' }, view, ...(platform === 'darwin' ? [window] : [])];
}

function aboutRows(
  settings: MenuItemConstructorOptions,
  words: ReturnType<typeof menuWords>,
): MenuItemConstructorOptions[] {
  return [
    { role: 'about', label: words.about },
    { type: 'separator' },
    settings,
    { type: 'separator' },
    { role: 'hide', label: words.hide },
    { role: 'hideOthers' },
    { role: 'unhide' },
    { type: 'separator' },
  ];
}
