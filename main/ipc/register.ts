import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Failure, Reply, Requests } from '../../preload/contract.ts';
import { AppError } from '../errors.ts';
import { failureOf } from '../state/view.ts';

/** What answers one request: `args` turns whatever came into the contract's arguments, or throws. */
export interface Handler<F extends (...args: never[]) => unknown> {
  readonly args: (raw: readonly unknown[]) => Parameters<F>;
  readonly run: (...args: Parameters<F>) => ReturnType<F> | Promise<ReturnType<F>>;
}

/** One for each request of the contract: one that is missing does not compile. */
export type Handlers = { readonly [M in keyof Requests]: Handler<Requests[M]> };

/** Answers a window's requests. `isOurs` knows the sender; `onError` hears of what nobody expected. */
export function registerHandlers(
  handlers: Handlers,
  isOurs: (event: IpcMainInvokeEvent) => boolean,
  onError: (error: unknown) => void,
): void {
  for (const [method, handler] of Object.entries(handlers) as [string, Handler<(...args: never[]) => unknown>][]) {
    ipcMain.handle(method, async (event, ...raw): Promise<Reply<unknown>> => {
      if (!isOurs(event)) return { ok: false, error: NOT_OURS };
      try {
        return { ok: true, value: await handler.run(...handler.args(raw)) };
      } catch (error) {
        if (error instanceof AppError) return { ok: false, error: failureOf(error) };
        onError(error);
        return { ok: false, error: UNEXPECTED };
      }
    });
  }
}

const NOT_OURS: Failure = { code: 'internal', message: 'This page may not ask that.', hint: '' };
const UNEXPECTED: Failure = {
  code: 'internal',
  message: 'Something went wrong inside Cluster Hosts.',
  hint: 'Its log has the details: Activity, then Open log folder.',
};
