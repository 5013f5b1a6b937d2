import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './StatusDot.module.css';

/** `off`: neither good nor bad, as when nobody looked yet. */
export type StatusTone = 'ok' | 'warn' | 'error' | 'off';

/** A state as a shape and a word: the colour says nothing that they do not. */
export function StatusDot({ tone, children }: { tone: StatusTone; children: ReactNode }) {
  return (
    <span className={styles.status}>
      <Dot tone={tone} />
      <span>{children}</span>
    </span>
  );
}

/** The shape by itself, where the word stands elsewhere. */
export function Dot({ tone }: { tone: StatusTone }) {
  return <span className={clsx(styles.dot, styles[tone])} aria-hidden={true} />;
}
