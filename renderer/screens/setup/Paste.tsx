import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { TextArea } from '../../components/TextField.tsx';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import styles from './Setup.module.css';

const EXAMPLE = 'apiVersion: v1\nkind: Config\n…';

/** Where the text of a kubeconfig is pasted. It has secrets: it is forgotten once it is saved. */
export function Paste() {
  const [text, setText] = useState('');
  const { run, busy, failure } = useRequest('pasteKubeconfig');
  const use = async () => {
    const reply = await run(text);
    if (reply.ok) setText('');
  };
  return (
    <li className={styles.paste}>
      <TextArea
        mono
        label={words.setup.kubeconfig.pasteLabel}
        hint={words.setup.kubeconfig.pasteHint}
        placeholder={EXAMPLE}
        value={text}
        onChange={setText}
      />
      <FailureNote failure={failure} />
      <Button className={styles.end} busy={busy} disabled={text.trim() === ''} onClick={() => void use()}>
        {words.setup.kubeconfig.paste}
      </Button>
    </li>
  );
}
