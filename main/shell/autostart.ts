import { app } from 'electron';
import { autostartFile, repairAutostart, startedProgram, writeAutostart } from './autostart-entry.ts';

/** Keeps what the session starts in step with the setting. */
export class Autostart {
  #isOn: boolean;
  readonly #onFailed: (error: unknown) => void;

  /** What is switched on is repaired. `onFailed` hears of what could not be written; it is not tried again by itself. */
  constructor(isOn: boolean, onFailed: (error: unknown) => void) {
    this.#isOn = isOn;
    this.#onFailed = onFailed;
    if (isOn && process.platform === 'linux') this.#try(() => repairAutostart(...entryOf()));
  }

  /** True where that changed something. */
  follow(isOn: boolean): boolean {
    if (isOn === this.#isOn) return false;
    this.#isOn = isOn;
    this.#try(() => setStartAtLogin(isOn));
    return true;
  }

  #try(change: () => void): void {
    try {
      change();
    } catch (error) {
      this.#onFailed(error);
    }
  }
}

/** macOS starts the program at login only after the user allowed it in System Settings, too. */
export function awaitsApproval(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().status === 'requires-approval';
}

/** Starts this program with the session, or no longer; it then shows no window. */
function setStartAtLogin(isOn: boolean): void {
  if (process.platform === 'linux') return writeAutostart(isOn, ...entryOf());
  app.setLoginItemSettings({ openAtLogin: isOn, args: ['--hidden'] });
}

function entryOf(): [file: string, program: string] {
  return [autostartFile(process.env), startedProgram(process.execPath, process.env)];
}

/** This start is the session's, so that no window is shown. */
export function isLoginStart(argv: readonly string[]): boolean {
  return argv.includes('--hidden') || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
