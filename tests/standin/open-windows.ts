/** What the app, when it quits, knows of a window. */
export interface OpenWindow {
  close(): void;
  isDestroyed(): boolean;
}

/** Every window that is not destroyed. */
export const openWindows = new Set<OpenWindow>();
