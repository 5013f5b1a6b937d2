import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './Group.module.css';
import { Icon, type IconShape } from './Icon.tsx';

/** A bordered list; its children are `Row`s, or other `<li>`s. */
export function Group({ label, busy = false, children }: { label?: string; busy?: boolean; children: ReactNode }) {
  return (
    <ul className={styles.group} aria-label={label} aria-busy={busy || undefined}>
      {children}
    </ul>
  );
}

/** One thing of a group. With `onClick` the whole row is a button, and `action` still one of its own. */
export function Row({
  icon,
  title,
  detail,
  value,
  status,
  action,
  onClick,
}: {
  icon?: IconShape | undefined;
  title: ReactNode;
  detail?: ReactNode;
  /** An address or the like, in mono. */
  value?: ReactNode;
  status?: ReactNode;
  action?: ReactNode;
  onClick?: (() => void) | undefined;
}) {
  return (
    <li className={clsx(styles.row, onClick && styles.clickable)}>
      {icon && (
        <span className={styles.icon}>
          <Icon of={icon} />
        </span>
      )}
      <div className={styles.text}>
        {onClick ? (
          <button type="button" className={styles.open} onClick={onClick}>
            {title}
          </button>
        ) : (
          <div className={styles.title}>{title}</div>
        )}
        {detail ? <div className={styles.detail}>{detail}</div> : null}
      </div>
      {value ? <div className={styles.value}>{value}</div> : null}
      {status}
      {action ? <div className={styles.action}>{action}</div> : null}
    </li>
  );
}
