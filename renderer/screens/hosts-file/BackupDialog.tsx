import { useRef } from 'react';
import type { BackupView } from '../../../preload/contract.ts';
import { announce } from '../../announce.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { ShortDiff } from './FileDiff.tsx';
import styles from './HostsFile.module.css';

/** The question before a backup is put back: it shows all that would change. Open while there is a backup. */
export function BackupDialog({ backup, onClose }: { backup: BackupView | undefined; onClose: () => void }) {
  const { run, busy, failure, clear } = useRequest('restoreBackup');
  const asks = useAppState(({ hosts }) => (hosts.asks || hosts.way === 'manual' ? hosts.wayReason : ''));
  // What is shown stays while the dialog fades out.
  const shown = useRef(backup);
  if (backup !== undefined) shown.current = backup;
  const close = () => {
    clear();
    onClose();
  };
  const restore = async (id: string) => {
    const reply = await run(id);
    if (!reply.ok) return;
    announce(words.hostsFile.told(reply.value));
    close();
  };
  if (shown.current === undefined) return null;
  const { diff, time } = shown.current;
  const isSame = diff.every(({ kind }) => kind === 'same' || kind === 'skip');
  return (
    <Dialog
      open={backup !== undefined}
      onClose={close}
      title={words.hostsFile.backups.dialogTitle(words.hostsFile.backups.time(time))}
      description={isSame ? words.hostsFile.backups.dialogSame : words.hostsFile.backups.dialogText}
      actions={
        <>
          <Button onClick={close}>{isSame ? words.common.close : words.common.cancel}</Button>
          {!isSame && backup !== undefined && (
            <Button variant="primary" busy={busy} onClick={() => void restore(backup.id)}>
              {words.hostsFile.backups.restore}
            </Button>
          )}
        </>
      }
    >
      {!isSame && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        <section className={styles.compared} aria-label={words.hostsFile.backups.diff} tabIndex={0}>
          <ShortDiff lines={diff} label={words.hostsFile.backups.diff} />
        </section>
      )}
      {!isSame && asks !== '' && <p className={styles.asks}>{asks}</p>}
      {failure && <FailureNote failure={failure} onDismiss={clear} />}
    </Dialog>
  );
}
