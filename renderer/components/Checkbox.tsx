import { useEffect, useRef } from 'react';
import styles from './Checkbox.module.css';

/** A box to tick, without words beside it. `isPartly`: some of what it stands for is ticked. */
export function Checkbox({
  label,
  checked,
  isPartly = false,
  onChange,
  ...rest
}: {
  label: string;
  checked: boolean;
  isPartly?: boolean;
  /** `isRange`: with the Shift key. */
  onChange: (isRange: boolean) => void;
  'data-index'?: number;
} & Pick<React.ComponentProps<'input'>, 'tabIndex'>) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = isPartly;
  }, [isPartly]);
  return (
    <label className={styles.target}>
      <input
        ref={box}
        type="checkbox"
        className={styles.box}
        aria-label={label}
        checked={checked}
        onChange={({ nativeEvent }) => onChange(nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)}
        {...rest}
      />
    </label>
  );
}
