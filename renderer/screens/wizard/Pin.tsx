import { Switch } from '../../components/Switch.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import styles from './Form.module.css';
import type { Wizard } from './use-wizard.ts';

/** Whether Traefik is to have one address of these, and which. */
export function Pin({ wizard: { progress, change }, addresses }: { wizard: Wizard; addresses: string }) {
  const present = useAppState(({ traefik, metallb }) => (metallb.ours ? traefik.address : ''));
  const text = words.wizard.addresses;
  return (
    <div className={styles.pin}>
      <Switch
        label={text.pin}
        hint={text.pinHint}
        checked={progress.pin !== undefined}
        onChange={isOn => change({ pin: isOn ? present || firstOf(addresses) : undefined })}
      />
      {progress.pin !== undefined && (
        <TextField mono label={text.pinLabel} value={progress.pin} onChange={pin => change({ pin })} />
      )}
    </div>
  );
}

/** The first address of a range or network, as a suggestion to begin with. */
function firstOf(addresses: string): string {
  return /^\s*([\da-fA-F.:]+)/.exec(addresses)?.[1] ?? '';
}
