import type { Reply, Requests } from '../preload/contract.ts';
import { words } from './words.ts';

type Sends = {
  readonly [M in keyof Requests]: (...args: Parameters<Requests[M]>) => Promise<Reply<ReturnType<Requests[M]>>>;
};

/** Sends one request. Never throws: where even the way to the main process fails, that is the answer. */
export async function ask<M extends keyof Requests>(
  method: M,
  ...args: Parameters<Requests[M]>
): Promise<Reply<ReturnType<Requests[M]>>> {
  const sends: Sends = window.api;
  try {
    return await sends[method](...args);
  } catch {
    return { ok: false, error: { code: 'internal', ...words.common.noAnswer } };
  }
}
