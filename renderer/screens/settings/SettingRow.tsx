import type { ReactNode } from 'react';
import type { Failure, Settings } from '../../../preload/contract.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Select } from '../../components/Select.tsx';
import { Switch } from '../../components/Switch.tsx';
import styles from './Settings.module.css';
import { useSetting } from './use-setting.ts';

/** One setting of a group: what it is, its control at the end, and what went wrong with it. */
export function SettingRow({
  title,
  hint,
  control,
  failure,
  children,
}: {
  title: ReactNode;
  hint?: ReactNode;
  control?: ReactNode;
  failure?: Failure | undefined;
  children?: ReactNode;
}) {
  return (
    <li className={styles.item}>
      <div className={styles.line}>
        <div className={styles.text}>
          <div className={styles.title}>{title}</div>
          {hint ? <div className={styles.hint}>{hint}</div> : null}
        </div>
        {control}
      </div>
      {children}
      <FailureNote failure={failure} />
    </li>
  );
}

/** A setting that is on or off. */
export function SwitchRow({
  of,
  label,
  hint,
  disabled = false,
}: {
  of: 'startAtLogin' | 'singleKeys' | 'allowPublic' | 'automatic';
  label: string;
  hint?: string;
  disabled?: boolean;
}) {
  const { value, set, failure } = useSetting(of);
  return (
    <li className={styles.item}>
      <Switch
        label={label}
        hint={hint}
        checked={value && !disabled}
        disabled={disabled}
        onChange={checked => void set(checked)}
      />
      <FailureNote failure={failure} />
    </li>
  );
}

/** A setting that is one of a few. */
export function SelectRow<K extends 'theme' | 'onClose' | 'trayIcon' | 'context' | 'suffix'>({
  of,
  label,
  hint,
  options,
  children,
}: {
  of: K;
  label: string;
  hint?: ReactNode;
  options: readonly { readonly value: Settings[K]; readonly label: string }[];
  children?: ReactNode;
}) {
  const { value, set, failure } = useSetting(of);
  return (
    <SettingRow
      title={label}
      hint={hint}
      control={<Select hideLabel label={label} value={value} options={options} onChange={next => void set(next)} />}
      failure={failure}
    >
      {children}
    </SettingRow>
  );
}
