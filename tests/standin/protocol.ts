import type { CustomScheme } from 'electron';
import { app } from './app.ts';
import { addScheme } from './wire-url.ts';

type Handler = (request: Request) => Response | Promise<Response>;

const registered = new Set<string>();
const handlers = new Map<string, Handler>();

/** `electron`'s `protocol`, for schemes that are standard and secure; others would have no origin, and no window should. */
export const protocol = {
  registerSchemesAsPrivileged(schemes: readonly CustomScheme[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes)
      if (privileges?.standard && privileges.secure) {
        registered.add(scheme);
        addScheme(scheme);
      }
  },
  handle(scheme: string, handler: Handler): void {
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    if (!registered.has(scheme)) throw new Error(`stand-in: ${scheme} was not registered as standard and secure`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme: string): void => void handlers.delete(scheme),
  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
};

/** Who answers for a URL, unless that is the network. */
export function protocolHandler(url: string): Handler | undefined {
  return handlers.get(url.slice(0, url.indexOf(':')));
}
