import { app } from 'electron';
import { autostartFile, startedProgram, writeAutostart } from './autostart-entry.ts';

/** Keeps what the session starts in step with the setting. */
export class Autostart {
  #isOn: boolean;

  constructor(isOn: boolean) {
    this.#isOn = isOn;
  }

  /** True where that changed something. */
  follow(isOn: boolean): boolean {
    if (isOn === this.#isOn) return false;
    this.#isOn = isOn;
    setStartAtLogin(isOn);
    return true;
  }
}

/** macOS starts the program at login only after the user allowed it in System Settings, too. */
export function awaitsApproval(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().status === 'requires-approval';
}

/** Starts this program with the session, or no longer; it then shows no window. */
function setStartAtLogin(isOn: boolean): void {
  if (process.platform === 'linux') {
    return writeAutostart(isOn, autostartFile(process.env), startedProgram(process.execPath, process.env));
  }
  app.setLoginItemSettings({ openAtLogin: isOn, args: ['--hidden'] });
}

/** This start is the session's, so that no window is shown. */
export function isLoginStart(argv: readonly string[]): boolean {
  return argv.includes('--hidden') || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
