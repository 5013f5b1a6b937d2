/** Values as text, with all that the structured clone algorithm keeps. */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

type Tagged = readonly [kind: string, ...parts: never[]];

/**
 * Makes a codec. Runs in Node and, as text, in windows: it may use nothing from outside itself.
 *
 * Plain data is plain JSON; what JSON has no word for is `{ [TAG]: [kind, …] }`. Objects are numbered as they are met, the
 * same way on both sides, so that shared and circular references survive.
 */
export function makeCodec(): Codec {
  const TAG = '$standin';
  const constructors = globalThis as unknown as Record<string, new (...args: unknown[]) => object>;
  const tag = (...parts: unknown[]) => ({ [TAG]: parts });
  const base64 = (bytes: Uint8Array) => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
    return btoa(text);
  };

  const encode = (value: unknown): string => {
    const numbers = new Map<object, number>();
    const put = (part: unknown): unknown => {
      if (part === undefined) return tag('undefined');
      if (typeof part === 'bigint') return tag('bigint', String(part));
      if (typeof part === 'number' && (!Number.isFinite(part) || Object.is(part, -0)))
        return tag('number', Object.is(part, -0) ? '-0' : String(part));
      if (typeof part !== 'object' || part === null) return part;
      const number = numbers.get(part);
      if (number !== undefined) return tag('same', number);
      numbers.set(part, numbers.size);
      return Array.isArray(part) ? Array.from(part, put) : putObject(part);
    };
    const putObject = (part: object): unknown => {
      if (part instanceof Date) return tag('date', part.getTime());
      if (part instanceof RegExp) return tag('regexp', part.source, part.flags);
      if (part instanceof Map) return tag('map', ...[...part].map(([key, held]) => [put(key), put(held)]));
      if (part instanceof Set) return tag('set', ...[...part].map(put));
      if (part instanceof Error) return tag('error', part.name, part.message, part.stack, put(part.cause));
      if (part instanceof ArrayBuffer) return tag('buffer', base64(new Uint8Array(part)));
      if (ArrayBuffer.isView(part)) {
        const length = 'length' in part ? part.length : part.byteLength;
        return tag('view', part.constructor.name, put(part.buffer), part.byteOffset, length);
      }
      if (Object.hasOwn(part, TAG))
        return tag('object', ...Object.entries(part).map(([key, held]) => [key, put(held)]));
      const plain = Object.create(null);
      for (const [key, held] of Object.entries(part)) plain[key] = put(held);
      return plain;
    };
    // It throws the platform's own error where something cannot be cloned, and takes prototypes and getters away.
    return JSON.stringify(put(structuredClone(value)));
  };

  const decode = (text: string): unknown => {
    const met: unknown[] = [];
    const meet = <T>(made: T): T => {
      met.push(made);
      return made;
    };
    const get = (stored: unknown): unknown => {
      if (typeof stored !== 'object' || stored === null) return stored;
      if (Object.hasOwn(stored, TAG)) return untag(...((stored as Record<string, Tagged>)[TAG] as Tagged));
      const parts = meet(stored) as Record<string, unknown>;
      for (const key of Object.keys(parts)) parts[key] = get(parts[key]);
      return parts;
    };
    const untag = (...[kind, ...parts]: Tagged): unknown => {
      const [first, second, third] = parts;
      switch (kind) {
        case 'undefined':
          return undefined;
        case 'bigint':
          return BigInt(first ?? 0);
        case 'number':
          return Number(first);
        case 'same':
          return met[first ?? 0];
        case 'date':
          return meet(new Date(first ?? 0));
        case 'regexp':
          return meet(new RegExp(first ?? '', second));
        case 'buffer':
          return meet(Uint8Array.from(atob(first ?? ''), letter => letter.charCodeAt(0)).buffer);
        case 'map': {
          const map = meet(new Map<unknown, unknown>());
          for (const [key, held] of parts as [unknown, unknown][]) map.set(get(key), get(held));
          return map;
        }
        case 'set': {
          const set = meet(new Set<unknown>());
          for (const held of parts) set.add(get(held));
          return set;
        }
        case 'object': {
          const object = meet<Record<string, unknown>>({});
          for (const [key, held] of parts as [string, unknown][]) object[key] = get(held);
          return object;
        }
        case 'view': {
          const at = met.push(undefined) - 1;
          const View = constructors[first ?? ''] ?? Uint8Array;
          met[at] = new View(get(second), third, parts[3]);
          return met[at];
        }
        default: {
          const Kind = /^(Eval|Range|Reference|Syntax|Type|URI)Error$/.test(first ?? '') ? first : 'Error';
          const error = meet(new (constructors[Kind ?? 'Error'] ?? Error)(second) as Error);
          if (third !== undefined) error.stack = third;
          const cause = get(parts[3]);
          if (cause !== undefined) error.cause = cause;
          return error;
        }
      }
    };
    return get(JSON.parse(text));
  };

  return { encode, decode };
}

/** The main process' own. */
export const codec: Codec = makeCodec();
