import { useRef } from 'react';
import type { NameRow } from '../../../preload/contract.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { words } from '../../words.ts';
import { NameLine } from './NameLine.tsx';
import styles from './NamesTable.module.css';
import { useRoving } from './use-roving.ts';
import type { Selection } from './use-selection.ts';
import { useWindowedRows } from './use-windowed-rows.ts';

/** The box and the name of one row for Tab, arrow keys from row to row; of many rows only those in sight are in the document. */
export function NamesTable({
  rows,
  openId,
  selection,
  onOpen,
}: {
  rows: readonly NameRow[];
  openId: string | undefined;
  selection: Selection;
  onOpen: (id: string | undefined) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const { visible, before, after, scrollTo } = useWindowedRows(rows.length, frame);
  const { active, onKeyDown, onFocus } = useRoving(rows, frame, scrollTo);
  return (
    <div ref={frame} className={styles.frame}>
      <table className={styles.table} aria-label={words.hostnames.table} aria-rowcount={rows.length + 1}>
        <Head selection={selection} />
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
                  isSelected={selection.ids.has(row.id)}
                  onOpen={onOpen}
                  onSelect={selection.toggle}
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

function Head({ selection: { extent, toggleAll } }: { selection: Selection }) {
  const { name, address, from, state } = words.hostnames.columns;
  return (
    <thead>
      <tr aria-rowindex={1}>
        <td className={styles.select}>
          <Checkbox
            label={words.hostnames.selection.all}
            checked={extent === 'all'}
            isPartly={extent === 'some'}
            onChange={toggleAll}
          />
        </td>
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
      <td colSpan={5} style={{ height }} />
    </tr>
  );
}
