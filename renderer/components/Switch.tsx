import { Switch as Base } from '@base-ui/react/switch';
import clsx from 'clsx';
import { useId } from 'react';
import styles from './Switch.module.css';

/** Takes effect at once. `hideLabel`: what stands beside it says it already. */
export function Switch({
  label,
  checked,
  onChange,
  hint,
  hideLabel = false,
  disabled = false,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string | undefined;
  hideLabel?: boolean;
  disabled?: boolean;
}) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is Base UI's, which puts its input inside.
    <label className={styles.line}>
      <span className={hideLabel ? 'visually-hidden' : styles.text}>
        <span id={`${id}-label`} className={styles.label}>
          {label}
        </span>
        {hint ? (
          <span id={`${id}-hint`} className={styles.hint}>
            {hint}
          </span>
        ) : null}
      </span>
      <Base.Root
        checked={checked}
        disabled={disabled}
        onCheckedChange={value => onChange(value)}
        className={clsx(styles.track)}
        aria-labelledby={`${id}-label`}
        aria-describedby={hint ? `${id}-hint` : undefined}
      >
        <Base.Thumb className={clsx(styles.thumb)} />
      </Base.Root>
    </label>
  );
}
