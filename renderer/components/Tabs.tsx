import { Tabs as Base } from '@base-ui/react/tabs';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import styles from './Tabs.module.css';

/** Views of the same thing, one at a time. */
export function Tabs<T extends string>({
  label,
  tabs,
  value,
  onChange,
}: {
  label: string;
  tabs: readonly { readonly id: T; readonly label: ReactNode; readonly content: ReactNode }[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <Base.Root value={value} onValueChange={next => onChange(next)} className={clsx(styles.root)}>
      <Base.List aria-label={label} className={clsx(styles.list)}>
        {tabs.map(tab => (
          <Base.Tab key={tab.id} value={tab.id} className={clsx(styles.tab)}>
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map(tab => (
        <Base.Panel key={tab.id} value={tab.id} className={clsx(styles.panel)}>
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
