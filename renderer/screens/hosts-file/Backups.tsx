import { Archive, FileClock } from 'lucide-react';
import { useState } from 'react';
import type { BackupView } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { words } from '../../words.ts';
import { BackupDialog } from './BackupDialog.tsx';
import styles from './HostsFile.module.css';
import { useBackups } from './use-loaded.ts';
import { WriteResult } from './WriteResult.tsx';

/** Earlier states of the hosts file, the original first. */
export function Backups() {
  const { value, failure, reload } = useBackups();
  const [chosen, setChosen] = useState<string>();
  const backups = value?.toSorted(compareBackups);
  return (
    <>
      <FailureNote failure={failure} action={<Button onClick={reload}>{words.common.tryAgain}</Button>} />
      <WriteResult />
      {backups === undefined && failure === undefined && <Skeleton rows={3} />}
      {backups?.length === 0 && (
        <EmptyState
          icon={Archive}
          title={words.hostsFile.backups.emptyTitle}
          text={words.hostsFile.backups.emptyText}
        />
      )}
      {backups !== undefined && backups.length > 0 && (
        <>
          <p className={styles.lead}>{words.hostsFile.backups.detail}</p>
          <Group label={words.hostsFile.backups.list}>
            {backups.map(backup => (
              <BackupRow key={backup.id} backup={backup} onCompare={() => setChosen(backup.id)} />
            ))}
          </Group>
        </>
      )}
      <BackupDialog backup={backups?.find(({ id }) => id === chosen)} onClose={() => setChosen(undefined)} />
    </>
  );
}

/** The original first, then the newest. */
function compareBackups(a: BackupView, b: BackupView): number {
  if (a.original !== b.original) return a.original ? -1 : 1;
  return Date.parse(b.time) - Date.parse(a.time);
}

const KILO = 1000;

function BackupRow({ backup, onCompare }: { backup: BackupView; onCompare: () => void }) {
  const { original, bytes, diff } = backup;
  const time = words.hostsFile.backups.time(backup.time);
  const size = bytes < KILO ? words.hostsFile.backups.bytes(bytes) : words.hostsFile.backups.kilobytes(bytes / KILO);
  return (
    <Row
      icon={original ? Archive : FileClock}
      title={original ? words.hostsFile.backups.original : time}
      detail={original ? words.hostsFile.backups.originalDetail(time, size) : size}
      status={<Difference diff={diff} />}
      action={
        <Button onClick={onCompare} aria-label={words.hostsFile.backups.compareOf(time)}>
          {words.hostsFile.backups.compare}
        </Button>
      }
    />
  );
}

function Difference({ diff }: { diff: BackupView['diff'] }) {
  const added = diff.filter(({ kind }) => kind === 'added').length;
  const removed = diff.filter(({ kind }) => kind === 'removed').length;
  if (added + removed === 0) return <span className={styles.difference}>{words.hostsFile.backups.same}</span>;
  return (
    <span className={styles.difference}>
      <span aria-hidden={true}>{words.hostsFile.backups.changes(added, removed)}</span>
      <span className="visually-hidden">{words.hostsFile.backups.changesSpoken(added, removed)}</span>
    </span>
  );
}
