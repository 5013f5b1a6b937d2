import clsx from 'clsx';
import { CircleAlert, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { words } from '../words.ts';
import styles from './Banner.module.css';
import { Icon } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

const ICONS = { info: Info, warn: TriangleAlert, error: CircleAlert } as const;

/** Something to know about the whole screen. What is said aloud is up to `announce`: a banner may stand for hours. */
export function Banner({
  tone,
  title,
  text,
  action,
  onDismiss,
}: {
  tone: 'info' | 'warn' | 'error';
  title: ReactNode;
  text?: ReactNode;
  action?: ReactNode;
  onDismiss?: (() => void) | undefined;
}) {
  return (
    <div className={clsx(styles.banner, styles[tone])}>
      <span className={styles.icon}>
        <Icon of={ICONS[tone]} />
      </span>
      <div className={styles.text}>
        <p className={styles.title}>{title}</p>
        {text ? <div className={styles.detail}>{text}</div> : null}
      </div>
      {action ? <div className={styles.action}>{action}</div> : null}
      {onDismiss && <IconButton className={styles.dismiss} label={words.common.dismiss} icon={X} onClick={onDismiss} />}
    </div>
  );
}
