import { Button as Base } from '@base-ui/react/button';
import clsx from 'clsx';
import { LoaderCircle } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { Icon } from './Icon.tsx';

/** At most one `primary` on a screen. A busy one keeps the focus and cannot be pressed again. */
export function Button({
  variant = 'secondary',
  busy = false,
  disabled = false,
  className,
  children,
  ...props
}: ComponentProps<'button'> & { variant?: 'primary' | 'secondary' | 'quiet' | 'danger'; busy?: boolean }) {
  return (
    <Base
      {...props}
      className={clsx(styles.button, styles[variant], className)}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
    >
      {busy && (
        <span className={styles.spinner}>
          <Icon of={LoaderCircle} />
        </span>
      )}
      {children}
    </Base>
  );
}
