import { app, type Session, type WebContents } from 'electron';
import { isOwnPage } from './own-page.ts';

/** Doors for other programs of the same user into a program that asks for administrator rights. */
const REFUSED_SWITCHES = ['remote-debugging-port', 'remote-debugging-pipe', 'remote-allow-origins'];

/** Before the app is ready: every page, also one that nobody thought of, is sandboxed and stays where it is. */
export function hardenApp(): void {
  app.enableSandbox();
  if (app.isPackaged) for (const name of REFUSED_SWITCHES) app.commandLine.removeSwitch(name);
  app.on('web-contents-created', (_event, contents) => hardenContents(contents));
}

/** Once the app is ready: no page may do more than draw. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', event => event.preventDefault());
}

function hardenContents(contents: WebContents): void {
  contents.on('will-navigate', event => keep(event, event.url));
  contents.on('will-redirect', event => keep(event, event.url));
  contents.on('will-frame-navigate', event => keep(event, event.url));
  contents.on('will-attach-webview', event => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

function keep(event: { preventDefault(): void }, url: string): void {
  if (!isOwnPage(url)) event.preventDefault();
}
