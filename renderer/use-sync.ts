import { useCallback } from 'react';
import { announce } from './announce.ts';
import { useAct } from './use-act.ts';
import { words } from './words.ts';

/** Writes what is pending, but for what the guard holds back, and says how it went. */
export function useSync(): () => Promise<void> {
  const act = useAct();
  return useCallback(async () => {
    const reply = await act('syncNow', false);
    if (reply.ok) announce(words.hostsFile.told(reply.value));
  }, [act]);
}

/** Looks at cluster and file again. */
export function useCheck(): () => Promise<void> {
  const act = useAct();
  return useCallback(async () => {
    const reply = await act('checkNow');
    if (reply.ok) announce(words.common.checkAsked);
  }, [act]);
}
