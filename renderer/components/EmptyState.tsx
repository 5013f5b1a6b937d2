import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';
import { Icon, type IconShape } from './Icon.tsx';

/** Where there is nothing yet: what would be here, and how it gets here. */
export function EmptyState({
  icon,
  title,
  text,
  action,
}: {
  icon: IconShape;
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={styles.empty}>
      <span className={styles.icon}>
        <Icon of={icon} size={20} />
      </span>
      <p className={styles.title}>{title}</p>
      {text ? <div className={styles.text}>{text}</div> : null}
      {action}
    </div>
  );
}
