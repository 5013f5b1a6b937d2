import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  protocol,
  screen,
  shell,
  Tray,
} from 'electron';

const folder = import.meta.dirname;
let window;
let tray;
let count = 0;
let quitting = false;

function createWindow() {
  const preload = join(folder, 'preload.cjs');
  window = new BrowserWindow({
    width: 420,
    height: 560,
    show: false,
    webPreferences: { preload, sandbox: process.env.SAMPLE_SANDBOX !== 'no', contextIsolation: true },
  });
  window.once('ready-to-show', () => window.show());
  window.on('close', event => {
    if (quitting) return;
    event.preventDefault();
    window.hide();
  });
  void window.loadURL('app://sample/index.html');
}

function denyNavigation(_event, contents) {
  contents.setWindowOpenHandler(({ url }) => {
    void shell.openExternal(url);
    return { action: 'deny' };
  });
  contents.on('will-navigate', event => {
    event.preventDefault();
    void shell.openExternal(event.url);
  });
}

function bump() {
  count++;
  showTray();
  window.webContents.send('count', { count, at: new Date() });
  new Notification({ title: 'Sample', body: `Count is ${count}` }).show();
}

async function ask() {
  const { filePaths } = await dialog.showOpenDialog(window, { title: 'Which file?' });
  tray.setToolTip(`Chose ${filePaths[0] ?? 'nothing'}`);
}

function showTray() {
  tray.setToolTip(`Count ${count}`);
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { id: 'bump', label: `Add one to ${count}`, click: bump },
      { label: 'More', submenu: [{ label: 'Dark', click: () => (nativeTheme.themeSource = 'dark') }] },
      { label: 'Ask', click: () => void ask() },
      { type: 'separator' },
      { label: 'Quit', click: () => app.quit() },
    ]),
  );
}

function answer(request) {
  const file = pathToFileURL(join(folder, 'window', new URL(request.url).pathname));
  return net.fetch(file.href).then(response => {
    const headers = {
      'content-type': response.headers.get('content-type'),
      'content-security-policy': "default-src 'self'",
    };
    return new Response(response.body, { headers });
  });
}

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
if (app.requestSingleInstanceLock({ argv: process.argv })) {
  app.on('second-instance', () => window.show());
  app.on('before-quit', () => (quitting = true));
  app.on('web-contents-created', denyNavigation);
  void app.whenReady().then(() => {
    protocol.handle('app', answer);
    ipcMain.handle('echo', (_event, value) => value);
    ipcMain.handle('fail', () => {
      throw new RangeError('out of range');
    });
    ipcMain.handle('from', ({ senderFrame }) => ({ url: senderFrame.url, top: senderFrame.parent === null }));
    tray = new Tray(nativeImage.createFromPath(join(folder, 'tray.png')));
    tray.on('click', () => window.show());
    showTray();
    createWindow();
    tray.setToolTip(`${app.getVersion()} on ${screen.getAllDisplays().length}`);
  });
} else app.quit();
