import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useState } from 'react';

const ROW_HEIGHT = 40;
const ALL_UP_TO = 200;
const OVERSCAN = 12;

interface WindowedRows {
  /** Indexes of the rows to draw. */
  readonly visible: readonly number[];
  /** Height of what is left out above and below them. */
  readonly before: number;
  readonly after: number;
  readonly scrollTo: (index: number) => void;
}

/** Rows that scroll with the sheet. A few are all drawn: then a search in the page finds them, too. */
export function useWindowedRows(count: number, frame: RefObject<HTMLElement | null>): WindowedRows {
  const [scrollMargin, setScrollMargin] = useState(0);
  const isWindowed = count > ALL_UP_TO;
  const rows = useVirtualizer({
    count: isWindowed ? count : 0,
    getScrollElement: () => sheetOf(frame.current),
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    scrollMargin,
  });
  // After each drawing: what stands above the rows comes and goes.
  useLayoutEffect(() => setScrollMargin(topIn(sheetOf(frame.current), frame.current)));
  if (!isWindowed)
    return { visible: Array.from({ length: count }, (_, index) => index), before: 0, after: 0, scrollTo: () => {} };
  const items = rows.getVirtualItems();
  return {
    visible: items.map(({ index }) => index),
    before: (items[0]?.start ?? scrollMargin) - scrollMargin,
    after: rows.getTotalSize() + scrollMargin - (items.at(-1)?.end ?? scrollMargin),
    scrollTo: index => rows.scrollToIndex(index),
  };
}

/** How far down in the sheet it is, wherever that is scrolled to. */
function topIn(sheet: HTMLElement | null, element: HTMLElement | null): number {
  if (sheet === null || element === null) return 0;
  return Math.round(element.getBoundingClientRect().top - sheet.getBoundingClientRect().top + sheet.scrollTop);
}

function sheetOf(element: HTMLElement | null): HTMLElement | null {
  return element?.closest<HTMLElement>('[data-sheet]') ?? null;
}
