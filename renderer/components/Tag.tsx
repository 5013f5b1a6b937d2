import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './Tag.module.css';

/** A word for what happens to something. */
export function Tag({ tone, children }: { tone: 'add' | 'change' | 'remove' | 'neutral'; children: ReactNode }) {
  return <span className={clsx(styles.tag, styles[tone])}>{children}</span>;
}
