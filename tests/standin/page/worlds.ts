import type { Codec } from '../structured-clone.ts';
import type { Bridge } from './bridge.ts';

type Listener = (...args: unknown[]) => void;
type Preload = (require: unknown, module: object, exports: object, process: object, global: object) => void;

/** What a window sends to the main process; `args` is encoded. */
export interface FromWindow {
  readonly kind: 'send' | 'invoke';
  readonly id: number;
  readonly channel: string;
  readonly args: string;
}

/** The page's own world: lets the preload script put an API on `window`, and nothing else. */
export function setUpMainWorld(bridge: Bridge): void {
  const freeze = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
      Object.values(value).forEach(freeze);
      Object.freeze(value);
    }
    return value;
  };
  bridge.commands.expose = (key, api) => {
    if (String(key) in globalThis)
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    Object.defineProperty(globalThis, String(key), { value: freeze(api), enumerable: true });
  };
}

/** The preload script's world: runs it with the modules that a sandboxed preload script has. */
export function setUpPreloadWorld(
  bridge: Bridge,
  codec: Codec,
  process: object,
  send: (text: string) => void,
  preload: Preload,
): void {
  const listeners = new Map<string, { readonly listener: Listener; readonly once: boolean }[]>();
  const waiting = new Map<unknown, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  const post = (kind: FromWindow['kind'], id: number, channel: string, args: unknown[]) =>
    send(JSON.stringify({ kind, id, channel, args: codec.encode(args) } satisfies FromWindow));
  const add = (channel: string, listener: Listener, once: boolean) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  };
  const remove = (channel: string, listener: Listener) => {
    listeners.set(
      channel,
      (listeners.get(channel) ?? []).filter(each => each.listener !== listener),
    );
    return ipcRenderer;
  };
  const ipcRenderer = {
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    send: (channel: string, ...args: unknown[]) => post('send', 0, channel, args),
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        post('invoke', id, channel, args);
        waiting.set(id, { resolve, reject });
      }),
  };
  const receive = (kind: string, key: string | number, text: string) => {
    const value = codec.decode(text);
    if (kind === 'send') {
      const heard = listeners.get(String(key)) ?? [];
      for (const { listener, once } of heard) {
        if (once) remove(String(key), listener);
        listener({ sender: ipcRenderer, ports: [] }, ...(value as unknown[]));
      }
      return;
    }
    const asked = waiting.get(key);
    waiting.delete(key);
    if (kind === 'result') asked?.resolve(value);
    else asked?.reject(new Error(String(value)));
  };
  Object.assign(globalThis, { __standinReceive: receive });
  const contextBridge = { exposeInMainWorld: (key: string, api: unknown) => bridge.command('expose', key, api) };
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  const module = { exports: {} };
  preload(require, module, module.exports, process, globalThis);
}
