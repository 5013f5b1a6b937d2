import { EventEmitter } from 'node:events';
import { net } from './net.ts';
import { protocol } from './protocol.ts';

type Headers = Record<string, string | string[]>;
type Answer = { readonly cancel?: boolean; readonly responseHeaders?: Headers };
type HeadersListener = (
  details: { readonly url: string; readonly statusCode: number; readonly responseHeaders: Headers },
  callback: (answer: Answer) => void,
) => void;

/** The one session: every window's. */
class Session extends EventEmitter {
  readonly protocol = protocol;
  readonly fetch = net.fetch;
  /** What the app set, for tests to ask; Chromium without a window grants nothing by itself. */
  readonly handlers: Record<string, unknown> = {};
  headersListener: HeadersListener | undefined;

  readonly webRequest = {
    onHeadersReceived: (...args: unknown[]): void => {
      const listener = args.at(-1);
      this.headersListener = typeof listener === 'function' ? (listener as HeadersListener) : undefined;
    },
  };

  setPermissionRequestHandler(handler: unknown): void {
    this.handlers.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: unknown): void {
    this.handlers.permissionCheck = handler;
  }

  setDevicePermissionHandler(handler: unknown): void {
    this.handlers.devicePermission = handler;
  }

  setSpellCheckerEnabled(): void {}

  /** What the app makes of an answer's headers; `undefined` where it does not want the answer. */
  async headersReceived(url: string, statusCode: number, responseHeaders: Headers): Promise<Headers | undefined> {
    const listener = this.headersListener;
    if (listener === undefined) return responseHeaders;
    const answer = await new Promise<Answer>(resolve => listener({ url, statusCode, responseHeaders }, resolve));
    return answer.cancel ? undefined : (answer.responseHeaders ?? responseHeaders);
  }
}

export const defaultSession = new Session();

/** `electron`'s `session`; partitions are none here. */
export const session = { defaultSession };
