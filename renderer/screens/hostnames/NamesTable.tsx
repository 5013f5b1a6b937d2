import { useRef } from 'react';
import type { NameRow } from '../../../preload/contract.ts';
import { words } from '../../words.ts';
import { NameLine } from './NameLine.tsx';
import styles from './NamesTable.module.css';
import { useRoving } from './use-roving.ts';
import { useWindowedRows } from './use-windowed-rows.ts';

/** One stop for Tab, arrow keys from row to row; of many rows only those in sight are in the document. */
export function NamesTable({
  rows,
  openId,
  onOpen,
}: {
  rows: readonly NameRow[];
  openId: string | undefined;
  onOpen: (id: string | undefined) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const { visible, before, after, scrollTo } = useWindowedRows(rows.length, frame);
  const { active, onKeyDown, onFocus } = useRoving(rows, frame, scrollTo);
  return (
    <div ref={frame} className={styles.frame}>
      <table className={styles.table} aria-label={words.hostnames.table} aria-rowcount={rows.length + 1}>
        <Head />
        <tbody onKeyDown={onKeyDown} onFocus={onFocus}>
          <Gap height={before} />
          {visible.map(index => {
            const row = rows[index];
            return (
              row && (
                <NameLine
                  key={row.id}
                  row={row}
                  index={index}
                  isActive={index === active}
                  isOpen={row.id === openId}
                  onOpen={onOpen}
                />
              )
            );
          })}
          <Gap height={after} />
        </tbody>
      </table>
    </div>
  );
}

function Head() {
  const { name, address, from, state } = words.hostnames.columns;
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={styles.name}>
          {name}
        </th>
        <th scope="col" className={styles.address}>
          {address}
        </th>
        <th scope="col" className={styles.from}>
          {from}
        </th>
        <th scope="col" className={styles.state}>
          {state}
        </th>
      </tr>
    </thead>
  );
}

/** Stands for the rows that are out of sight. */
function Gap({ height }: { height: number }) {
  return height === 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row without buttons takes no focus.
    <tr aria-hidden={true} className={styles.gap}>
      <td colSpan={4} style={{ height }} />
    </tr>
  );
}
