import clsx from 'clsx';
import { type Ref, useId } from 'react';
import styles from './Field.module.css';

interface Common {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly placeholder?: string | undefined;
  readonly hint?: string | undefined;
  /** What is wrong with the value and what would be right. */
  readonly error?: string | undefined;
  readonly mono?: boolean;
  /** The label is for screen readers only. */
  readonly hideLabel?: boolean;
}

/** One line of text. */
export function TextField({
  type = 'text',
  ref,
  ...common
}: Common & { type?: 'text' | 'search' | 'url' | 'number'; ref?: Ref<HTMLInputElement> | undefined }) {
  const id = useId();
  return (
    <Frame id={id} {...common}>
      <input
        ref={ref}
        type={type}
        spellCheck={false}
        autoComplete="off"
        {...controlProps(id, common)}
        className={clsx(styles.control, common.mono && styles.mono)}
        onChange={event => common.onChange(event.target.value)}
      />
    </Frame>
  );
}

/** Text of several lines. */
export function TextArea(common: Common) {
  const id = useId();
  return (
    <Frame id={id} {...common}>
      <textarea
        spellCheck={false}
        autoComplete="off"
        {...controlProps(id, common)}
        className={clsx(styles.control, styles.area, common.mono && styles.mono)}
        onChange={event => common.onChange(event.target.value)}
      />
    </Frame>
  );
}

function controlProps(id: string, { value, placeholder, hint, error }: Common) {
  return {
    id,
    value,
    placeholder,
    'aria-invalid': error ? true : undefined,
    'aria-describedby': clsx(hint && `${id}-hint`, error && `${id}-error`) || undefined,
  } as const;
}

function Frame({
  id,
  label,
  hideLabel,
  hint,
  error,
  children,
}: Pick<Common, 'label' | 'hideLabel' | 'hint' | 'error'> & { id: string; children: React.ReactNode }) {
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className={styles.hint}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      ) : null}
    </div>
  );
}
