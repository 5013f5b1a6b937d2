import type { Settings } from '../../preload/contract.ts';
import type { Platform } from '../../preload/words/tray.ts';
import type { TrayIconName } from './tray-menu.ts';

/**
 * The file of an icon in build/tray. macOS colours a template itself. `light` is a light glyph, for a dark panel: nobody
 * tells how dark a panel is on Linux, where most of them are.
 */
export function trayImageFile(
  icon: TrayIconName,
  platform: Platform,
  wish: Settings['trayIcon'],
  isPanelDark: boolean,
): string {
  if (platform === 'darwin') return `${icon}Template.png`;
  const isLight = wish === 'automatic' ? platform === 'linux' || isPanelDark : wish === 'light';
  return `${icon}-${isLight ? 'light' : 'dark'}.${platform === 'win32' ? 'ico' : 'png'}`;
}
