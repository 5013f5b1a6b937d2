import type { Failure, Settings } from '../../../preload/contract.ts';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';

interface Setting<T> {
  readonly value: T;
  /** Takes effect at once; `false` where it was refused. */
  readonly set: (value: T) => Promise<boolean>;
  readonly failure: Failure | undefined;
  readonly busy: boolean;
}

/** One of the settings, with how its last change went. */
export function useSetting<K extends keyof Settings>(key: K): Setting<Settings[K]> {
  const value = useAppState(({ settings }) => settings[key]);
  const { run, failure, busy } = useRequest('setSettings');
  const set = async (next: Settings[K]) => {
    const change: Partial<Settings> = { [key]: next };
    return (await run(change)).ok;
  };
  return { value, set, failure, busy };
}
