import { useCallback, useRef, useState } from 'react';
import type { Failure, Reply, Requests } from '../preload/contract.ts';
import { ask } from './ask.ts';

interface Request<M extends keyof Requests> {
  readonly run: (...args: Parameters<Requests[M]>) => Promise<Reply<ReturnType<Requests[M]>>>;
  readonly busy: boolean;
  /** Of the last run. */
  readonly failure: Failure | undefined;
  readonly clear: () => void;
}

/** One intent of the window, with how it stands; of several runs at once the last one's outcome counts. */
export function useRequest<M extends keyof Requests>(method: M): Request<M> {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const latest = useRef(0);
  const run = useCallback<Request<M>['run']>(
    async (...args) => {
      latest.current += 1;
      const turn = latest.current;
      setBusy(true);
      const reply = await ask(method, ...args);
      if (turn === latest.current) {
        setBusy(false);
        setFailure(reply.ok ? undefined : reply.error);
      }
      return reply;
    },
    [method],
  );
  const clear = useCallback(() => setFailure(undefined), []);
  return { run, busy, failure, clear };
}
