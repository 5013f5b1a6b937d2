import type { PageWindow } from './window.ts';

type Callable = (...args: unknown[]) => unknown;

/** A value on its way to the other world; what cannot cross is replaced by a number that stands for it. */
type Packed =
  | { readonly value: unknown }
  | { readonly function: number }
  | { readonly promise: number }
  | { readonly error: string }
  | { readonly list: readonly Packed[] }
  | { readonly entries: readonly (readonly [string, Packed])[] };

type Message =
  | { readonly type: 'call'; readonly callee: number | string; readonly args: readonly Packed[] }
  | { readonly type: 'returned' | 'threw'; readonly value: Packed }
  | { readonly type: 'resolved' | 'rejected'; readonly promise: number; readonly value: Packed };

/** One world's end of the bridge between the page's own world and the preload script's. */
export interface Bridge {
  /** What the other world may call by name. */
  readonly commands: Record<string, Callable>;
  command(name: string, ...args: unknown[]): unknown;
}

/**
 * Carries calls, promises and values by DOM events, which both worlds hear at once; Chromium clones an event's `detail`
 * for the world that looks at it. As in Electron, an error keeps its message only.
 */
export function makeBridge(window: PageWindow, outgoing: string, incoming: string): Bridge {
  const commands: Record<string, Callable> = {};
  const functions: Callable[] = [];
  const settlers = new Map<number, (packed: Packed, resolved: boolean) => void>();
  let promises = 0;
  let answer: Message | undefined;

  const post = (message: Message) => window.dispatchEvent(new CustomEvent(outgoing, { detail: message }));
  const isData = (value: unknown, seen = new Set<unknown>()): boolean => {
    if (typeof value === 'function') return false;
    if (typeof value !== 'object' || value === null || seen.has(value)) return true;
    if (value instanceof Promise || value instanceof Error) return false;
    seen.add(value);
    return Object.values(value).every(part => isData(part, seen));
  };
  const pack = (value: unknown): Packed => {
    // Most of what crosses, and by far the most in bytes, is data.
    if (isData(value)) return { value };
    if (typeof value === 'function') return { function: functions.push(value as Callable) - 1 };
    if (value instanceof Error) return { error: String(value.message) };
    if (Array.isArray(value)) return { list: value.map(pack) };
    if (!(value instanceof Promise))
      return { entries: Object.entries(value as object).map(([key, held]) => [key, pack(held)] as const) };
    const promise = ++promises;
    value.then(
      result => post({ type: 'resolved', promise, value: pack(result) }),
      reason => post({ type: 'rejected', promise, value: pack(reason) }),
    );
    return { promise };
  };
  const unpack = (packed: Packed): unknown => {
    if ('value' in packed) return packed.value;
    if ('error' in packed) return new Error(packed.error);
    if ('list' in packed) return packed.list.map(unpack);
    if ('entries' in packed) return Object.fromEntries(packed.entries.map(([key, held]) => [key, unpack(held)]));
    if ('function' in packed) return (...args: unknown[]) => call(packed.function, args);
    return new Promise((resolve, reject) => {
      settlers.set(packed.promise, (result, resolved) => (resolved ? resolve : reject)(unpack(result)));
    });
  };
  const call = (callee: number | string, args: readonly unknown[]): unknown => {
    answer = undefined;
    post({ type: 'call', callee, args: args.map(pack) });
    const answered = answer as Message | undefined;
    if (answered?.type === 'threw') throw unpack(answered.value);
    return answered?.type === 'returned' ? unpack(answered.value) : undefined;
  };
  const answerTo = (callee: number | string, args: readonly Packed[]): Message => {
    try {
      const called = typeof callee === 'number' ? functions[callee] : commands[callee];
      return { type: 'returned', value: pack(called?.(...args.map(unpack))) };
    } catch (error) {
      return { type: 'threw', value: pack(error) };
    }
  };

  window.addEventListener(incoming, event => {
    const message = (event as CustomEvent<Message>).detail;
    switch (message.type) {
      case 'call':
        post(answerTo(message.callee, message.args));
        break;
      case 'returned':
      case 'threw':
        answer = message;
        break;
      default:
        settlers.get(message.promise)?.(message.value, message.type === 'resolved');
        settlers.delete(message.promise);
    }
  });
  return { commands, command: (name, ...args) => call(name, args) };
}
