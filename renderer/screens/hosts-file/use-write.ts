import type { Failure } from '../../../preload/contract.ts';
import { announce } from '../../announce.ts';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';

export interface Write {
  readonly start: (acceptRemovals: boolean) => void;
  /** A write is under way, whoever asked for it. */
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  readonly clear: () => void;
}

/** Writes what is pending, and says aloud how it went; unlike the shortcut it knows while it lasts and what went wrong. */
export function useWrite(): Write {
  const { run, busy, failure, clear } = useRequest('syncNow');
  const applying = useAppState(({ status }) => status === 'applying');
  const start = async (acceptRemovals: boolean) => {
    const reply = await run(acceptRemovals);
    if (reply.ok) announce(words.hostsFile.told(reply.value));
  };
  return { start: acceptRemovals => void start(acceptRemovals), busy: busy || applying, failure, clear };
}
