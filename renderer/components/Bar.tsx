import type { ReactNode } from 'react';
import styles from './Bar.module.css';

/** The last child of a screen: stays at the end of the sheet. A `<p>` before the buttons says what they will do. */
export function Bar({ children }: { children: ReactNode }) {
  return <div className={styles.bar}>{children}</div>;
}
