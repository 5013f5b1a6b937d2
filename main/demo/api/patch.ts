import { isDeepStrictEqual } from 'node:util';
import { isRecord } from './objects.ts';
import { StatusError } from './status-error.ts';

/**
 * JSON merge patch, RFC 7386. Also stands in for strategic merge and server-side apply, which merge some lists by
 * key where this replaces them; the directives of a strategic patch (`$patch`, `$setElementOrder/…`) are dropped.
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    if (value === null) merged.delete(key);
    else merged.set(key, mergePatch(merged.get(key), value));
  }
  // Unlike an assignment, this makes `__proto__` a field like any other.
  return Object.fromEntries(merged);
}

/** JSON patch, RFC 6902. Throws 400 for what is not one, 422 when it does not fit the document. */
export function jsonPatch(document: unknown, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new StatusError(400, 'a JSON patch is an array of operations');
  return patch.reduce(applyOperation, document);
}

function applyOperation(document: unknown, operation: unknown): unknown {
  if (!isRecord(operation)) throw new StatusError(400, 'an operation of a JSON patch is an object');
  const { op, value } = operation;
  const path = pointer(operation.path);
  switch (op) {
    case 'add':
      return edit(document, path, (parent, key) => insert(parent, key, value));
    case 'remove':
      return edit(document, path, remove);
    case 'replace':
      return edit(edit(document, path, remove), path, (parent, key) => insert(parent, key, value));
    case 'test':
      if (!isDeepStrictEqual(at(document, path), value)) throw unfit(path);
      return document;
    case 'copy':
    case 'move': {
      const from = pointer(operation.from);
      const moved = at(document, from);
      const rest = op === 'move' ? edit(document, from, remove) : document;
      return edit(rest, path, (parent, key) => insert(parent, key, moved));
    }
    default:
      throw new StatusError(400, `a JSON patch knows no operation ${JSON.stringify(op)}`);
  }
}

type Path = readonly string[];

/** A JSON pointer, RFC 6901: `/metadata/annotations/metallb.io~1address-pool`. */
function pointer(text: unknown): Path {
  if (typeof text !== 'string' || !text.startsWith('/')) throw new StatusError(400, 'a JSON pointer starts with "/"');
  return text
    .slice(1)
    .split('/')
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function unfit(path: Path): StatusError {
  return new StatusError(422, `the JSON patch does not fit the object at "/${path.join('/')}"`);
}

function at(document: unknown, path: Path): unknown {
  return path.reduce((value, key) => child(value, key, path), document);
}

function child(value: unknown, key: string, path: Path): unknown {
  if (Array.isArray(value) && Object.hasOwn(value, key)) return value[Number(key)];
  if (isRecord(value) && Object.hasOwn(value, key)) return value[key];
  throw unfit(path);
}

/** The document with the parent of `path` exchanged for what `change` makes of it. */
function edit(document: unknown, path: Path, change: (parent: unknown, key: string) => unknown): unknown {
  const [key = '', ...rest] = path;
  if (rest.length === 0) return change(document, key);
  const next = edit(child(document, key, path), rest, change);
  return Array.isArray(document) ? document.with(Number(key), next) : { ...Object(document), [key]: next };
}

function insert(parent: unknown, key: string, value: unknown): unknown {
  if (isRecord(parent)) return { ...parent, [key]: value };
  const index = Array.isArray(parent) && key === '-' ? parent.length : Number(key);
  if (!Array.isArray(parent) || !(index >= 0 && index <= parent.length)) throw unfit([key]);
  return parent.toSpliced(index, 0, value);
}

function remove(parent: unknown, key: string): unknown {
  child(parent, key, [key]);
  if (Array.isArray(parent)) return parent.toSpliced(Number(key), 1);
  return Object.fromEntries(Object.entries(Object(parent)).filter(([name]) => name !== key));
}
