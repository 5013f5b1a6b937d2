import { type BrowserWindow, dialog } from 'electron';
import type { AppState } from '../../preload/contract.ts';
import { CLOSING } from '../../preload/words/tray.ts';

/** Asks whether the app shall go on without its window, where no tray may be there to lead back to it. */
export async function askAboutClosing(
  window: BrowserWindow,
  tray: AppState['system']['tray'],
): Promise<'keep' | 'quit' | 'cancel'> {
  const answers = ['keep', 'quit', 'cancel'] as const;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: CLOSING.question,
    detail: tray === 'no' ? CLOSING.noTray : CLOSING.maybeTray,
    buttons: answers.map(answer => CLOSING[answer]),
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return answers[response] ?? 'cancel';
}
