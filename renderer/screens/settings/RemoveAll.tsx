import { useState } from 'react';
import type { WriteView } from '../../../preload/contract.ts';
import { announce } from '../../announce.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Group } from '../../components/Group.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { SettingRow } from './SettingRow.tsx';
import styles from './Settings.module.css';

/** The way back to a hosts file without this program. */
export function RemoveAll() {
  const { path, entries } = useAppState(({ hosts }) => hosts);
  const [asking, setAsking] = useState(false);
  const [result, setResult] = useState<WriteView>();
  const { run, busy, failure } = useRequest('removeAll');
  const text = words.settings.hosts;
  const remove = async () => {
    const reply = await run();
    setResult(reply.ok ? reply.value : undefined);
    if (reply.ok) announce(words.hostsFile.told(reply.value));
  };
  return (
    <>
      <Group label={text.removeAll}>
        <SettingRow
          title={text.removeAll}
          hint={text.removeAllText(entries, path)}
          control={
            <Button variant="danger" busy={busy} onClick={() => setAsking(true)}>
              {text.removeAllAction}
            </Button>
          }
          failure={failure}
        >
          {result && <Result result={result} onDismiss={() => setResult(undefined)} />}
        </SettingRow>
      </Group>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={text.removeAllTitle}
        text={text.removeAllQuestion}
        confirm={text.removeAllConfirm}
        danger
        onConfirm={() => void remove()}
      />
    </>
  );
}

function Result({ result, onDismiss }: { result: WriteView; onDismiss: () => void }) {
  const isDone = result.outcome === 'done' || result.outcome === 'no-change';
  const title = words.hostsFile.told(result);
  return (
    <div className={styles.result}>
      <Banner tone={isDone ? 'info' : 'warn'} title={title} text={result.hint} onDismiss={onDismiss} />
    </div>
  );
}
