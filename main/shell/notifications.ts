import { Notification } from 'electron';
import type { Screen } from '../../preload/contract.ts';
import { NOTICE, type Platform } from '../../preload/words/tray.ts';
import { activatedScreen, type Notice } from './notice.ts';

export interface NotificationsOptions {
  readonly platform: Platform;
  readonly onOpen: (screen: Screen) => void;
  /** The system shows none, as macOS does for a program that is not signed. */
  readonly onFailed: (reason: string) => void;
}

/** Windows starts the program for a notification that outlived the run that showed it. */
export function onActivation(platform: NodeJS.Platform, open: (screen: Screen | undefined) => void): void {
  if (platform === 'win32') Notification.handleActivation(({ type }) => open(activatedScreen(type)));
}

/** The system's notifications. */
export class Notifications {
  readonly #options: NotificationsOptions;
  /** One that is collected no longer hears of its click. */
  readonly #shown = new Map<Notice['kind'], Notification>();

  constructor(options: NotificationsOptions) {
    this.#options = options;
  }

  show({ kind, title, body, screen }: Notice): void {
    const { platform, onOpen, onFailed } = this.#options;
    if (!Notification.isSupported()) return onFailed('not supported');
    this.#shown.get(kind)?.close();
    const hasButton = screen === 'hosts-file' && platform !== 'linux';
    const notification = new Notification({
      id: kind,
      title,
      body,
      silent: true,
      ...(hasButton && { actions: [{ type: 'button', text: NOTICE.review }] }),
    });
    notification.on('click', () => onOpen(screen));
    notification.on('action', () => onOpen(screen));
    notification.on('failed', (_event, reason) => onFailed(reason));
    notification.on('close', () => {
      if (this.#shown.get(kind) === notification) this.#shown.delete(kind);
    });
    this.#shown.set(kind, notification);
    notification.show();
  }
}
