import { type FocusEvent, type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { NameRow } from '../../../preload/contract.ts';

const PAGE = 10;

interface Roving {
  /** The row that Tab leads to. */
  readonly active: number;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/** Arrow keys, Home, End and the page keys move the focus from row to row, also to rows that are not drawn yet. */
export function useRoving(
  rows: readonly NameRow[],
  frame: RefObject<HTMLElement | null>,
  scrollTo: (index: number) => void,
): Roving {
  const [active, setActive] = useState(0);
  const wanted = useRef<{ readonly index: number; readonly inColumn: string }>(undefined);
  const last = rows.length - 1;
  useEffect(() => {
    if (wanted.current === undefined) return;
    const { index, inColumn } = wanted.current;
    const targets = frame.current?.querySelectorAll<HTMLElement>(`[data-index="${index}"]`) ?? [];
    const target = [...targets].find(({ tagName }) => tagName === inColumn) ?? targets[0];
    if (!target) return;
    wanted.current = undefined;
    target.focus();
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const next = moved(event.key, active, last);
    if (next === undefined) return;
    event.preventDefault();
    wanted.current = { index: next, inColumn: event.target instanceof Element ? event.target.tagName : '' };
    scrollTo(next);
    setActive(next);
  };
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target.dataset.index !== undefined) setActive(Number(target.dataset.index));
  };
  return { active: Math.min(active, last), onKeyDown, onFocus };
}

function moved(key: string, from: number, last: number): number | undefined {
  const next = target(key, from, last);
  return next === undefined ? undefined : Math.min(Math.max(next, 0), last);
}

function target(key: string, from: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + PAGE;
    case 'PageUp':
      return from - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
