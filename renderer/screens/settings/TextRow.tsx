import { type FormEvent, useState } from 'react';
import type { Failure } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { TextField } from '../../components/TextField.tsx';
import { words } from '../../words.ts';
import { SettingRow } from './SettingRow.tsx';
import styles from './Settings.module.css';

/** A setting that is typed. It is saved with Enter or the button that shows up; what was refused stays to be mended. */
export function TextRow({
  label,
  hint,
  placeholder,
  value,
  save,
  failure,
  busy,
}: {
  label: string;
  hint?: string;
  placeholder?: string;
  value: string;
  save: (text: string) => Promise<boolean>;
  failure: Failure | undefined;
  busy: boolean;
}) {
  const [draft, setDraft] = useState<string>();
  const isChanged = draft !== undefined && draft !== value;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && !busy && (await save(draft))) setDraft(undefined);
  };
  return (
    <SettingRow
      title={label}
      hint={hint}
      control={
        <form className={styles.typed} onSubmit={event => void submit(event)} noValidate>
          <TextField hideLabel label={label} placeholder={placeholder} value={draft ?? value} onChange={setDraft} />
          {isChanged && (
            <Button type="submit" busy={busy}>
              {words.settings.save}
            </Button>
          )}
        </form>
      }
      failure={failure}
    />
  );
}
