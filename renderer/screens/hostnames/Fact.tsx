import type { ReactNode } from 'react';
import styles from './NamePanel.module.css';

/** One thing that is known of a name, with what can be done with it. */
export function Fact({
  term,
  isMono = false,
  action,
  children,
}: {
  term: string;
  isMono?: boolean;
  action?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.fact}>
      <dt>{term}</dt>
      <dd>
        <bdi className={isMono ? 'mono' : undefined}>{children}</bdi>
        {action && <span className={styles.action}>{action}</span>}
      </dd>
    </div>
  );
}
