import { isAbsolute } from 'node:path';

/**
 * What the helper is started with, as one argument. It names no file to write, no command and no mode: what is to be
 * done stands in a plan that it must read and judge for itself. Digests are sha256 in hex, of bytes.
 */
export interface Request {
  readonly op: Op;
  /** 32 hex digits, never used before; the answer begins with it, and it is good for one run. */
  readonly nonce: string;
  /** An absolute path, and the digest of what must be in that file. */
  readonly plan: string;
  readonly planDigest: string;
  /** Of the hosts file that the user saw, and of the one that the user said yes to. */
  readonly before: string;
  readonly after: string;
  /** Milliseconds since 1970. */
  readonly notAfter: number;
}

export type Op = 'apply' | 'remove' | 'restore';

const OPS: ReadonlySet<unknown> = new Set<Op>(['apply', 'remove', 'restore']);

const TOKEN = /^[A-Za-z0-9_-]{1,4096}$/;
const DIGEST = /^[0-9a-f]{64}$/;
const NONCE = /^[0-9a-f]{32}$/;

/** Requests are for a moment; a manual command may wait for somebody to find the terminal. */
export const LONGEST_MS = 60 * 60 * 1000;

/** A request as an argument that needs no quoting anywhere: letters, digits, `-` and `_`. */
export function formatToken({ op, nonce, plan, planDigest, before, after, notAfter }: Request): string {
  return Buffer.from(JSON.stringify([1, op, nonce, plan, planDigest, before, after, notAfter])).toString('base64url');
}

/** The reverse of `formatToken`; `undefined` for anything else, also for another spelling of the same request. */
export function parseToken(token: string): Request | undefined {
  if (!TOKEN.test(token)) return undefined;
  const fields = parseJson(Buffer.from(token, 'base64url').toString());
  if (!Array.isArray(fields) || fields.length !== 8 || fields[0] !== 1) return undefined;
  const [, op, nonce, plan, planDigest, before, after, notAfter] = fields as readonly unknown[];
  if (!OPS.has(op) || !isText(nonce, NONCE)) return undefined;
  if (!isText(planDigest, DIGEST) || !isText(before, DIGEST) || !isText(after, DIGEST)) return undefined;
  if (typeof plan !== 'string' || !isAbsolute(plan) || plan.includes('\0')) return undefined;
  if (typeof notAfter !== 'number' || !Number.isSafeInteger(notAfter)) return undefined;
  const request: Request = { op: op as Op, nonce, plan, planDigest, before, after, notAfter };
  return formatToken(request) === token ? request : undefined;
}

function isText(value: unknown, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value);
}

/** `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
