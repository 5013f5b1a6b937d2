import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Disclosure.module.css';
import { Icon } from './Icon.tsx';

/** Something long that is folded away at first; `summary` says what it is. */
export function Disclosure({ summary, children }: { summary: ReactNode; children: ReactNode }) {
  return (
    <details className={styles.disclosure}>
      <summary className={styles.summary}>
        <span className={styles.arrow}>
          <Icon of={ChevronRight} size={14} />
        </span>
        <span className={styles.text}>{summary}</span>
      </summary>
      {children}
    </details>
  );
}
