import { MapPin } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { ChooseOther } from './ChooseOther.tsx';
import styles from './Setup.module.css';

const EXAMPLE = '192.168.1.10';

/** The kubeconfig says 127.0.0.1; the server is elsewhere. */
export function Address({ context, server }: { context: string; server: string }) {
  return (
    <>
      <PageHeader
        icon={MapPin}
        title={<bdi>{words.setup.address.title(context)}</bdi>}
        detail={<bdi>{words.setup.address.detail(server)}</bdi>}
      />
      <AddressForm />
    </>
  );
}

function AddressForm() {
  const [address, setAddress] = useState('');
  const [isMissing, setMissing] = useState(false);
  const { run, busy, failure } = useRequest('setServerAddress');
  const cluster = useAppState(({ settings }) => settings.cluster);
  const text = words.setup.address;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = address.trim();
    setMissing(typed === '');
    if (typed !== '' && !busy) void run(typed);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate aria-busy={busy}>
      <TextField
        mono
        label={text.label}
        hint={text.hint}
        placeholder={EXAMPLE}
        value={address}
        onChange={setAddress}
        error={isMissing ? text.empty : undefined}
      />
      <p className={styles.lead}>{text.saved(`~/.kube/${cluster || '<cluster>'}.yaml`)}</p>
      <FailureNote failure={failure} />
      <div className={styles.actions}>
        <Button type="submit" variant="primary" busy={busy}>
          {busy ? text.testing : text.test}
        </Button>
        <ChooseOther />
      </div>
    </form>
  );
}
