import clsx from 'clsx';
import type { ReactNode } from 'react';
import { Icon, type IconShape } from './Icon.tsx';
import styles from './PageHeader.module.css';

/** `accent`: the screen has no state to tell. */
export type HeaderTone = 'accent' | 'ok' | 'warn' | 'error' | 'off';

/** The one sentence of a screen, and the line that explains it. Its `h1` takes the focus when the screen opens. */
export function PageHeader({
  icon,
  tone = 'accent',
  title,
  detail,
  action,
}: {
  /** Without one in the wizard, where the steps at the side say where one is. */
  icon?: IconShape;
  tone?: HeaderTone;
  title: ReactNode;
  detail?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <header className={styles.header}>
      {icon && (
        <span className={clsx(styles.tile, styles[tone])}>
          <Icon of={icon} size={20} />
        </span>
      )}
      <div className={styles.text}>
        <h1 tabIndex={-1}>{title}</h1>
        {detail ? <p>{detail}</p> : null}
      </div>
      {action ? <div className={styles.action}>{action}</div> : null}
    </header>
  );
}
