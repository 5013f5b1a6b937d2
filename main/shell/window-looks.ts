import type { Platform } from '../../preload/words/tray.ts';

/** As in renderer/tokens.css: what is seen before the page has drawn itself. */
const LIGHT = { canvas: '#f6f6f7', text: '#1b1b1f' } as const;
const DARK = { canvas: '#111113', text: '#ededf0' } as const;

/** As high as the strip that the page leaves free at its top. */
const OVERLAY_HEIGHT = 40;

interface Overlay {
  readonly color: string;
  readonly symbolColor: string;
  readonly height: number;
}

export function canvasColor(isDark: boolean): string {
  return (isDark ? DARK : LIGHT).canvas;
}

/** The buttons that Windows draws over the page. */
export function overlayOf(isDark: boolean): Overlay {
  const { canvas, text } = isDark ? DARK : LIGHT;
  return { color: canvas, symbolColor: text, height: OVERLAY_HEIGHT };
}

/** macOS and Windows let the page reach to the upper edge; on Linux the window manager draws what it is used to. */
export function titleBar(
  platform: Platform,
  isDark: boolean,
):
  | { readonly titleBarStyle: 'hiddenInset' }
  | { readonly titleBarStyle: 'hidden'; readonly titleBarOverlay: Overlay }
  | { readonly autoHideMenuBar: true } {
  switch (platform) {
    case 'darwin':
      return { titleBarStyle: 'hiddenInset' };
    case 'win32':
      return { titleBarStyle: 'hidden', titleBarOverlay: overlayOf(isDark) };
    case 'linux':
      return { autoHideMenuBar: true };
  }
}
