import { Button as Base } from '@base-ui/react/button';
import clsx from 'clsx';
import type { ComponentProps } from 'react';
import styles from './Button.module.css';
import { Icon, type IconShape } from './Icon.tsx';

/** A button that is only an icon; `label` is its name and its tooltip. */
export function IconButton({
  label,
  icon,
  className,
  disabled = false,
  ...props
}: Omit<ComponentProps<'button'>, 'children'> & { label: string; icon: IconShape }) {
  return (
    <Base {...props} disabled={disabled} className={clsx(styles.icon, className)} aria-label={label} title={label}>
      <Icon of={icon} />
    </Base>
  );
}
