import { net } from 'electron';
import type { AppState } from '../../preload/contract.ts';
import { awaitsApproval } from './autostart.ts';
import { findTrayHost } from './tray-host.ts';

export interface SurroundingsOptions {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Of this program. */
  readonly version: string;
  readonly onChange: () => void;
}

/** What the app knows of the computer that it runs on. */
export class Surroundings {
  readonly #options: SurroundingsOptions;
  readonly #platform: AppState['system']['platform'];
  /** On Linux a desktop may have none, or get one later; until that is known, nothing waits for it. */
  #tray: AppState['system']['tray'];
  #loginAwaits = false;

  constructor(options: SurroundingsOptions) {
    const { platform } = options;
    this.#options = options;
    this.#platform = platform === 'darwin' || platform === 'win32' ? platform : 'linux';
    this.#tray = this.#platform === 'linux' ? 'unknown' : 'yes';
  }

  get system(): AppState['system'] {
    return {
      platform: this.#platform,
      version: this.#options.version,
      tray: this.#tray,
      online: net.isOnline(),
      loginAwaits: this.#loginAwaits,
    };
  }

  /** Looks at what nothing tells of: whether there is a tray by now, and what the user said in the system's settings. */
  async look(): Promise<void> {
    this.#loginAwaits = awaitsApproval();
    if (this.#tray !== 'yes') this.#tray = await findTrayHost(this.#options.env);
    this.#options.onChange();
  }
}
