import { FileCheck, FileClock, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Failure } from '../../../preload/contract.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { useAppState, useNames } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { type Change, ChangeList, isChange } from './ChangeList.tsx';
import { Conflicts } from './Conflicts.tsx';
import { FileDiff } from './FileDiff.tsx';
import { HeldRemovals } from './HeldRemovals.tsx';
import type { useFile } from './use-loaded.ts';
import type { Write } from './use-write.ts';
import { WriteResult } from './WriteResult.tsx';

/** What is to change, as names and as lines, and everything that stands in the way. */
export function Changes({
  file,
  write,
  onBackups,
}: {
  file: ReturnType<typeof useFile>;
  write: Write;
  onBackups: () => void;
}) {
  const { refusal, changed, held, health } = useAppState(({ hosts }) => hosts);
  const names = useNames();
  const changes = useMemo(() => sortChanges(names.filter(isChange)), [names]);
  const conflicts = useMemo(() => names.filter(({ state }) => state === 'blocked'), [names]);
  const isSettled = changes.length === 0 && !changed && refusal === undefined;
  return (
    <>
      {refusal && <Refusal refusal={refusal} onBackups={onBackups} />}
      <FailureNote failure={write.failure} onDismiss={write.clear} />
      <WriteResult />
      {held !== undefined && <HeldRemovals held={held} changes={changes} write={write} />}
      {isSettled && <Settled />}
      {changes.length > 0 && <ChangeList changes={changes} held={held} />}
      {changed && <FileDiff file={file} />}
      <Conflicts rows={conflicts} />
      <Health findings={health} />
    </>
  );
}

function Refusal({ refusal: { message, hint }, onBackups }: { refusal: Failure; onBackups: () => void }) {
  const toBackups = <Button onClick={onBackups}>{words.hostsFile.toBackups}</Button>;
  return <Banner tone="error" title={message} text={hint} action={toBackups} />;
}

/** That nothing is to change is only known of a cluster that answers. */
function Settled() {
  const isLive = useAppState(({ cluster }) => cluster?.connection === 'live');
  const { emptyTitle, emptyText, emptyWaitingTitle, emptyWaitingText } = words.hostsFile;
  return isLive ? (
    <EmptyState icon={FileCheck} title={emptyTitle} text={emptyText} />
  ) : (
    <EmptyState icon={FileClock} title={emptyWaitingTitle} text={emptyWaitingText} />
  );
}

const ORDER = { add: 0, update: 1, remove: 2 } as const;

/** What comes, what moves, what goes; the names are in order already. */
function sortChanges(changes: readonly Change[]): readonly Change[] {
  return changes.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
}

function Health({ findings }: { findings: readonly { readonly message: string; readonly hint: string }[] }) {
  if (findings.length === 0) return null;
  return (
    <Section title={words.hostsFile.health}>
      <Group label={words.hostsFile.health}>
        {findings.map(({ message, hint }) => (
          <Row key={message} icon={TriangleAlert} title={message} detail={hint} />
        ))}
      </Group>
    </Section>
  );
}
