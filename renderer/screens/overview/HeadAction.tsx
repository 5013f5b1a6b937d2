import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { useCheck, useSync } from '../../use-sync.ts';
import { words } from '../../words.ts';

/** What the state as a whole asks for. */
export function HeadAction() {
  const act = useAct();
  const status = useAppState(state => state.status);
  const hosts = useAppState(state => state.hosts);
  switch (status) {
    case 'applying':
      return <SyncButton label={words.common.syncHosts} busy={true} />;
    case 'write-failed':
      return hosts.refusal === undefined ? <FailedActions /> : <CheckButton />;
    case 'paused':
      return (
        <Button variant="primary" onClick={() => void act('resume')}>
          {words.common.resume}
        </Button>
      );
    case 'pending':
      return <PendingActions held={hosts.held !== undefined} />;
    case 'conflict':
      return <ConflictActions canSync={hosts.changed && hosts.held === undefined} />;
    case 'stale':
    case 'ok':
      return <CheckButton />;
    default:
      return null;
  }
}

function ConflictActions({ canSync }: { canSync: boolean }) {
  const { go } = useScreen();
  return (
    <>
      <Button onClick={() => go('hostnames')}>{words.overview.showConflicts}</Button>
      {canSync && <SyncButton label={words.common.syncHosts} />}
    </>
  );
}

function FailedActions() {
  const act = useAct();
  return (
    <>
      <Button onClick={() => void act('dismissWrite')}>{words.common.dismiss}</Button>
      <SyncButton label={words.common.tryAgain} />
    </>
  );
}

/** What the guard holds back is written from the review only. */
function PendingActions({ held }: { held: boolean }) {
  const { go } = useScreen();
  return (
    <>
      <Button variant={held ? 'primary' : 'secondary'} onClick={() => go('hosts-file')}>
        {words.overview.review}
      </Button>
      {held ? null : <SyncButton label={words.common.syncHosts} />}
    </>
  );
}

function SyncButton({ label, busy = false }: { label: string; busy?: boolean }) {
  const sync = useSync();
  return (
    <Button variant="primary" busy={busy} onClick={() => void sync()}>
      {label}
    </Button>
  );
}

function CheckButton() {
  const check = useCheck();
  return <Button onClick={() => void check()}>{words.common.checkNow}</Button>;
}
