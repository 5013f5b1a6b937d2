import { useState } from 'react';
import type { Failure } from '../../../preload/contract.ts';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';

export interface Naming {
  readonly name: string;
  readonly suffix: string;
  readonly setName: (name: string) => void;
  readonly setSuffix: (suffix: string) => void;
  /** It was tried without a name. */
  readonly isMissing: boolean;
  /** `false` where it was refused. */
  readonly save: () => Promise<boolean>;
  readonly busy: boolean;
  readonly failure: Failure | undefined;
}

/** What the cluster is called, until it is saved. */
export function useNaming(): Naming {
  const saved = useAppState(({ settings }) => settings);
  const actual = useAppState(({ cluster }) => cluster?.name ?? '');
  const [typed, setName] = useState<string>();
  const [chosen, setSuffix] = useState<string>();
  const [isMissing, setMissing] = useState(false);
  const { run, busy, failure } = useRequest('setSettings');
  const name = typed ?? (saved.cluster || actual);
  const suffix = chosen ?? saved.suffix;
  const save = async () => {
    const cluster = name.trim();
    setMissing(cluster === '');
    if (cluster === '') return false;
    if (cluster === saved.cluster && suffix === saved.suffix) return true;
    return (await run({ cluster, suffix })).ok;
  };
  return { name, suffix, setName, setSuffix, isMissing, save, busy, failure };
}
