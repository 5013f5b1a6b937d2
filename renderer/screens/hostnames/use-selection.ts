import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { NameRow } from '../../../preload/contract.ts';
import { isSelectable, toggled } from './selection.ts';

/** Which of the rows in the table are ticked. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  /** Those of them that are in the table now: what a search hides is left alone. */
  readonly rows: readonly NameRow[];
  /** All that can be ticked are, some, or none. */
  readonly extent: 'all' | 'some' | 'none';
  /** `isRange`: from the row before up to this one. The same function for the life of the table. */
  readonly toggle: (id: string, isRange: boolean) => void;
  readonly toggleAll: () => void;
  readonly clear: () => void;
}

const NONE: ReadonlySet<string> = new Set();

export function useSelection(rows: readonly NameRow[]): Selection {
  const [ids, setIds] = useState(NONE);
  const shown = useRef(rows);
  const last = useRef<string>(undefined);
  useEffect(() => {
    shown.current = rows;
  });
  const toggle = useCallback((id: string, isRange: boolean) => {
    const from = isRange ? last.current : undefined;
    last.current = id;
    setIds(before => toggled(before, shown.current, id, from));
  }, []);
  const clear = useCallback(() => {
    last.current = undefined;
    setIds(NONE);
  }, []);
  const selectable = useMemo(() => rows.filter(isSelectable), [rows]);
  const selected = useMemo(() => (ids.size === 0 ? [] : selectable.filter(({ id }) => ids.has(id))), [selectable, ids]);
  const extent = selected.length === 0 ? 'none' : selected.length === selectable.length ? 'all' : 'some';
  const toggleAll = () => (extent === 'all' ? clear() : setIds(new Set(selectable.map(({ id }) => id))));
  return { ids, rows: selected, extent, toggle, toggleAll, clear };
}
