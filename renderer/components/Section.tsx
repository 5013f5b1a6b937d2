import { type ReactNode, useId } from 'react';
import { words } from '../words.ts';
import styles from './Section.module.css';

/** A part of a screen under its own heading. */
export function Section({
  title,
  count,
  action,
  children,
}: {
  title: ReactNode;
  count?: number | undefined;
  action?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div className={styles.head}>
        <h2 id={id}>
          {title}
          {count === undefined ? null : <span className={styles.count}>{words.common.decimal(count)}</span>}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}
