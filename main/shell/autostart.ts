import { app } from 'electron';
import { autostartFile, startedProgram, writeAutostart } from './autostart-entry.ts';

/** Starts this program with the session, or no longer; it then shows no window. */
export function setStartAtLogin(isOn: boolean): void {
  if (process.platform === 'linux') {
    return writeAutostart(isOn, autostartFile(process.env), startedProgram(process.execPath, process.env));
  }
  app.setLoginItemSettings({ openAtLogin: isOn, args: ['--hidden'] });
}

/** This start is the session's, so that no window is shown. */
export function isLoginStart(argv: readonly string[]): boolean {
  return argv.includes('--hidden') || (process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin);
}
