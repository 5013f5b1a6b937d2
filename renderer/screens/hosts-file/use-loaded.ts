import { useEffect, useState } from 'react';
import type { BackupView, Failure, FileView, Reply } from '../../../preload/contract.ts';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';

interface Loaded<T> {
  /** The last that came: it stays while a newer one is on its way. */
  readonly value: T | undefined;
  readonly failure: Failure | undefined;
  readonly reload: () => void;
}

/** The hosts file, asked for again whenever it changes or what would be written to it does. */
export function useFile(): Loaded<FileView> {
  const { run, failure } = useRequest('getFile');
  return { ...useLatest(run), failure };
}

/** The backups, with what putting them back would change now. */
export function useBackups(): Loaded<readonly BackupView[]> {
  const { run, failure } = useRequest('getBackups');
  return { ...useLatest(run), failure };
}

function useLatest<T>(run: () => Promise<Reply<T>>): Pick<Loaded<T>, 'value' | 'reload'> {
  const revision = useAppState(({ hosts }) => hosts.revision);
  const [value, setValue] = useState<T>();
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: revision and turn say when to ask, not what for.
  useEffect(() => {
    let isLatest = true;
    void run().then(reply => {
      if (isLatest && reply.ok) setValue(() => reply.value);
    });
    return () => {
      isLatest = false;
    };
  }, [run, revision, turn]);
  return { value, reload: () => setTurn(before => before + 1) };
}
