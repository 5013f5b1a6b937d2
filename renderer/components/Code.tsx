import { visible } from '../visible.ts';
import styles from './Code.module.css';

/** Lines to read or to copy, with what cannot be seen made visible. */
export function Code({ text }: { text: string }) {
  return <pre className={styles.code}>{text.split('\n').map(visible).join('\n')}</pre>;
}
