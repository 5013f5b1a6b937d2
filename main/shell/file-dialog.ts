import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

/** Asks for a file, a kubeconfig's folder being a hidden one; `undefined` where the user chose none. */
export async function askForFile(window: BrowserWindow | undefined): Promise<string | undefined> {
  const options: OpenDialogOptions = { properties: ['openFile', 'showHiddenFiles'] };
  const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
  return filePaths[0];
}
