import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import styles from './AddName.module.css';
import { checkTyped, type TypedProblems, tidyHostname } from './typed-name.ts';

/** A name typed by hand. What is wrong with it is said when the user is done, not while they type. */
export function AddName({ open, onClose }: { open: boolean; onClose: () => void }) {
  const form = useForm(onClose);
  const text = words.hostnames.dialog;
  return (
    <Dialog
      open={open}
      onClose={form.close}
      title={text.title}
      description={text.text}
      actions={
        <>
          <Button onClick={form.close}>{words.common.cancel}</Button>
          <Button variant="primary" busy={form.busy} type="submit" form="add-name">
            {text.add}
          </Button>
        </>
      }
    >
      <form id="add-name" className={styles.form} noValidate={true} onSubmit={event => void form.submit(event)}>
        <TextField
          label={text.name}
          hint={text.nameHint}
          value={form.hostname}
          error={nameError(form.problems)}
          onChange={form.setHostname}
        />
        <TextField
          label={text.address}
          hint={text.addressHint}
          mono={true}
          value={form.address}
          error={form.problems.address && text.badAddress}
          onChange={form.setAddress}
        />
        <FailureNote failure={form.failure} />
      </form>
    </Dialog>
  );
}

function nameError({ hostname }: TypedProblems): string | undefined {
  if (hostname === undefined) return undefined;
  return hostname === 'bad' ? words.hostnames.dialog.badName : words.hostnames.dialog.taken;
}

function useForm(onClose: () => void) {
  const names = useAppState(state => state.settings.names);
  const { run, busy, failure, clear } = useRequest('setSettings');
  const [hostname, setHostname] = useState('');
  const [address, setAddress] = useState('');
  const [problems, setProblems] = useState<TypedProblems>({});
  const close = () => {
    setHostname('');
    setAddress('');
    setProblems({});
    clear();
    onClose();
  };
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const typed = { hostname: tidyHostname(hostname), address: address.trim() };
    const found = checkTyped(typed.hostname, typed.address, names);
    setProblems(found);
    if (found.hostname !== undefined || found.address !== undefined) return;
    const reply = await run({ names: [...names, typed] });
    if (reply.ok) close();
  };
  return { hostname, setHostname, address, setAddress, problems, busy, failure, close, submit };
}
