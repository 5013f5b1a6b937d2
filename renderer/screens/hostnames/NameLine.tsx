import clsx from 'clsx';
import { memo } from 'react';
import type { NameRow } from '../../../preload/contract.ts';
import { Checkbox } from '../../components/Checkbox.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { words } from '../../words.ts';
import styles from './NamesTable.module.css';
import { isSelectable } from './selection.ts';
import { toneOf } from './tone.ts';

/** One name in the table; its button opens the panel, and closes it again. */
export const NameLine = memo(function NameLine({
  row,
  index,
  isActive,
  isOpen,
  isSelected,
  onOpen,
  onSelect,
}: {
  row: NameRow;
  index: number;
  isActive: boolean;
  isOpen: boolean;
  isSelected: boolean;
  onOpen: (id: string | undefined) => void;
  onSelect: (id: string, isRange: boolean) => void;
}) {
  return (
    <tr className={clsx(styles.row, isOpen && styles.open)} aria-rowindex={index + 2}>
      <td className={styles.select}>
        {isSelectable(row) && (
          <Checkbox
            label={words.hostnames.selection.one(row.shown)}
            checked={isSelected}
            onChange={isRange => onSelect(row.id, isRange)}
            tabIndex={isActive ? 0 : -1}
            data-index={index}
          />
        )}
      </td>
      <td className={styles.name}>
        <button
          type="button"
          id={`name-${row.id}`}
          className={styles.button}
          data-index={index}
          tabIndex={isActive ? 0 : -1}
          aria-expanded={isOpen}
          title={row.shown}
          onClick={() => onOpen(isOpen ? undefined : row.id)}
        >
          <bdi>{row.shown}</bdi>
        </button>
      </td>
      <td className={styles.address}>
        <bdi>{row.address || words.hostnames.noAddress}</bdi>
      </td>
      <td className={styles.from} title={words.hostnames.origin(row.origin)}>
        <bdi>{words.overview.names.from(row.origin)}</bdi>
      </td>
      <td className={styles.state}>
        <StatusDot tone={toneOf(row.state)}>{words.hostnames.state(row.state)}</StatusDot>
      </td>
    </tr>
  );
});
