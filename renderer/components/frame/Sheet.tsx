import type { ReactNode, Ref } from 'react';
import styles from './Sheet.module.css';

/** The rounded sheet that everything but the sidebar is on. It scrolls, and knows its own width (`--gutter`). */
export function Sheet({ ref, children }: { ref?: Ref<HTMLElement> | undefined; children: ReactNode }) {
  return (
    <main ref={ref} className={styles.sheet} data-sheet="">
      <div className={styles.screen}>{children}</div>
    </main>
  );
}
