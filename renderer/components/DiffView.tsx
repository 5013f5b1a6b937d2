import clsx from 'clsx';
import type { FileLine } from '../../preload/contract.ts';
import { visible } from '../visible.ts';
import { words } from '../words.ts';
import styles from './DiffView.module.css';

const SIGNS = { same: '', added: '+', removed: '−', skip: '' } as const;

/** Lines of a file with what is added and removed; a screen reader hears the words instead of the signs. */
export function DiffView({ lines, label }: { lines: readonly FileLine[]; label: string }) {
  return (
    <ol className={styles.diff} aria-label={label}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a file have nothing else, and may be the same.
        <Line key={index} line={line} />
      ))}
    </ol>
  );
}

function Line({ line }: { line: FileLine }) {
  if (line.kind === 'skip')
    return (
      <li className={clsx(styles.line, styles.skip)}>
        <span className={styles.number} aria-hidden={true}>
          ⋯
        </span>
        <span />
        <span>{line.text || words.common.linesLeftOut}</span>
      </li>
    );
  return (
    <li className={clsx(styles.line, styles[line.kind])}>
      <span className={styles.number} aria-hidden={true}>
        {line.kind === 'removed' ? line.old : line.new}
      </span>
      <span className={styles.sign}>
        <span aria-hidden={true}>{SIGNS[line.kind]}</span>
        <Change kind={line.kind} />
      </span>
      <bdi className={styles.text}>{visible(line.text)}</bdi>
    </li>
  );
}

function Change({ kind }: { kind: 'same' | 'added' | 'removed' }) {
  return kind === 'same' ? null : <span className="visually-hidden">{words.common[kind]}</span>;
}
