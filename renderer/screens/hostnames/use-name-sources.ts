import { useEffect, useState } from 'react';
import type { NameRow, NameSource } from '../../../preload/contract.ts';
import { useNames } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { othersOf, reportersOf } from './view.ts';

/** The objects that a row is of, asked for anew whenever it is another row; until they come, the one that is known. */
export function useNameSources(row: NameRow): readonly NameSource[] {
  const { run } = useRequest('getNameSources');
  const [sources, setSources] = useState<readonly NameSource[]>([]);
  const others = othersOf(row, useNames());
  useEffect(() => {
    let isLatest = true;
    void run(row.hostname).then(reply => {
      if (isLatest && reply.ok) setSources(reply.value);
    });
    return () => {
      isLatest = false;
    };
  }, [run, row]);
  return reportersOf(row, sources, others);
}
