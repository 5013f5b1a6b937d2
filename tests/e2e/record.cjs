/*
 * Loaded into the main process with -r, in Electron and in the stand-in alike: remembers what the app does outside its
 * window, and keeps it from really happening. Tests read it through launch.ts.
 */
const { app, clipboard, dialog, nativeImage, Notification, shell, Tray } = require('electron');

const recorded = {
  tray: undefined,
  menu: undefined,
  /** As it was when the app set it: on Linux nothing that is changed later is seen. */
  rows: [],
  tooltip: '',
  image: '',
  notifications: [],
  opened: [],
  revealed: [],
  copied: [],
  dialogs: [],
  /** What the user will answer, in turn; with none left, the user cancels. */
  answers: [],
  loginItem: undefined,
};
globalThis.recorded = recorded;

function before(object, name, remember) {
  const original = object[name];
  object[name] = function (...args) {
    remember(this, ...args);
    return original.apply(this, args);
  };
}

/** An image does not say where it is from. */
const paths = new WeakMap();
let lastPath = '';
const createFromPath = nativeImage.createFromPath;
nativeImage.createFromPath = path => {
  const image = createFromPath.call(nativeImage, path);
  paths.set(image, path);
  lastPath = path;
  return image;
};

const rowsOf = menu =>
  menu.items
    .filter(item => item.visible)
    .map(item => ({
      id: item.id ?? '',
      label: item.type === 'separator' ? '-' : item.label,
      type: item.type,
      enabled: item.enabled,
      checked: item.checked,
      rows: item.submenu ? rowsOf(item.submenu) : [],
    }));

/** The image that a tray is made with is not told: it is the one that was made last. */
function meet(tray) {
  if (recorded.tray === tray) return;
  recorded.tray = tray;
  recorded.image = lastPath;
}

before(Tray.prototype, 'setContextMenu', (tray, menu) => {
  meet(tray);
  recorded.menu = menu;
  recorded.rows = menu ? rowsOf(menu) : [];
});
before(Tray.prototype, 'setToolTip', (tray, tooltip) => {
  meet(tray);
  recorded.tooltip = tooltip;
});
before(Tray.prototype, 'setImage', (tray, image) => {
  meet(tray);
  recorded.image = typeof image === 'string' ? image : (paths.get(image) ?? '');
});
before(Notification.prototype, 'show', notification => recorded.notifications.push(notification));
before(app, 'setLoginItemSettings', (_app, settings) => {
  recorded.loginItem = settings;
});

shell.openExternal = async url => void recorded.opened.push(url);
shell.openPath = async path => {
  recorded.revealed.push(path);
  return '';
};
shell.showItemInFolder = path => void recorded.revealed.push(path);
clipboard.writeText = async text => void recorded.copied.push(text);

// As macOS passes on the link that a program is started with.
const { E2E_LINK } = process.env;
if (E2E_LINK) app.once('will-finish-launching', () => app.emit('open-url', { preventDefault() {} }, E2E_LINK));

const ask =
  (kind, cancelled) =>
  async (...args) => {
    const options = args.at(-1);
    recorded.dialogs.push({
      kind,
      title: options.title ?? '',
      message: options.message ?? '',
      buttons: options.buttons ?? [],
    });
    return { ...cancelled(options), ...recorded.answers.shift() };
  };
dialog.showOpenDialog = ask('open', () => ({ canceled: true, filePaths: [] }));
dialog.showMessageBox = ask('message', options => ({ response: options.cancelId ?? 0, checkboxChecked: false }));
