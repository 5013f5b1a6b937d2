import { EventEmitter } from 'node:events';
import type { NotificationConstructorOptions } from 'electron';
import { electronEvent } from './event.ts';

/** `electron`'s `Notification`: shown to nobody. */
export class Notification extends EventEmitter {
  readonly id: string;
  readonly title: string;
  readonly body: string;
  readonly silent: boolean;
  readonly actions: readonly unknown[];

  constructor({ id = '', title = '', body = '', silent = false, actions = [] }: NotificationConstructorOptions = {}) {
    super();
    this.id = id;
    this.title = title;
    this.body = body;
    this.silent = silent;
    this.actions = actions;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    queueMicrotask(() => this.emit('show', electronEvent()));
  }

  close(): void {
    this.emit('close', electronEvent());
  }
}

/** `electron`'s `shell`: opens nothing. */
export const shell = {
  openExternal: async (_url: string): Promise<void> => {},
  openPath: async (_path: string): Promise<string> => '',
  showItemInFolder: (_path: string): void => {},
  beep: (): void => {},
};

/** `electron`'s `dialog`: everybody cancels. */
export const dialog = {
  showOpenDialog: async () => ({ canceled: true, filePaths: [] as string[] }),
  showMessageBox: async (...args: readonly unknown[]) => {
    const { cancelId = 0 } = args.at(-1) as { cancelId?: number };
    return { response: cancelId, checkboxChecked: false };
  },
  showErrorBox: (title: string, text: string): void => void process.stderr.write(`${title}: ${text}\n`),
};

let copied = '';

/** `electron`'s `clipboard`: its own, not the computer's. */
export const clipboard = {
  readText: async (): Promise<string> => copied,
  writeText: async (text: string): Promise<void> => {
    copied = text;
  },
};

/** `electron`'s `powerMonitor`: tests let it tell of sleep and waking. */
export const powerMonitor = Object.assign(new EventEmitter(), {
  onBatteryPower: false,
  isOnBatteryPower: () => false,
  getSystemIdleState: () => 'active',
  getSystemIdleTime: () => 0,
});
