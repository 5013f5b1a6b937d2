import { Select as Base } from '@base-ui/react/select';
import clsx from 'clsx';
import { Check, ChevronsUpDown } from 'lucide-react';
import { useId } from 'react';
import { Icon } from './Icon.tsx';
import popup from './Popup.module.css';
import styles from './Select.module.css';

/** One of a few; takes effect at once. */
export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  hideLabel = false,
}: {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
  /** The label is for screen readers only. */
  hideLabel?: boolean;
}) {
  const id = useId();
  return (
    <div className={styles.field}>
      <span id={id} className={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
      </span>
      <Base.Root items={options} value={value} onValueChange={next => next !== null && onChange(next)} modal={false}>
        <Base.Trigger className={clsx(styles.trigger)} aria-labelledby={id}>
          <Base.Value />
          <Base.Icon className={clsx(styles.icon)}>
            <Icon of={ChevronsUpDown} size={14} />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner className={clsx(popup.positioner)} sideOffset={4} alignItemWithTrigger={false} align="end">
            <Base.Popup className={clsx(popup.popup)}>
              {options.map(option => (
                <Base.Item key={option.value} value={option.value} className={clsx(popup.item)}>
                  <span className={popup.mark}>
                    <Base.ItemIndicator>
                      <Icon of={Check} size={14} />
                    </Base.ItemIndicator>
                  </span>
                  <Base.ItemText>{option.label}</Base.ItemText>
                </Base.Item>
              ))}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </div>
  );
}
