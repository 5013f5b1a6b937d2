import type { AppState, Status } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { useCheck, useSync } from '../../use-sync.ts';
import { words } from '../../words.ts';

/** What the state as a whole asks for. */
export function HeadAction() {
  return (
    <>
      <Beside />
      <Main />
    </>
  );
}

/** What may be done instead, before it. */
function Beside() {
  const act = useAct();
  const { go } = useScreen();
  const status = useAppState(state => state.status);
  const { held, refusal } = useAppState(state => state.hosts);
  if (status === 'write-failed' && refusal === undefined)
    return <Button onClick={() => void act('dismissWrite')}>{words.common.dismiss}</Button>;
  if (status === 'conflict') return <Button onClick={() => go('hostnames')}>{words.overview.showConflicts}</Button>;
  if (status !== 'pending') return null;
  return (
    <Button variant={held === undefined ? 'secondary' : 'primary'} onClick={() => go('hosts-file')}>
      {words.overview.review}
    </Button>
  );
}

/** The button for a sync is the same one before, during and after it: else it would lose the focus. */
function Main() {
  const act = useAct();
  const status = useAppState(state => state.status);
  const canSync = useAppState(syncs);
  if (canSync) return <SyncButton status={status} />;
  if (status === 'paused')
    return (
      <Button variant="primary" onClick={() => void act('resume')}>
        {words.common.resume}
      </Button>
    );
  return CHECKED.has(status) ? <CheckButton /> : null;
}

const CHECKED: ReadonlySet<Status> = new Set(['write-failed', 'stale', 'ok']);

/** What the guard holds back is written from the review only. */
function syncs({ status, hosts: { changed, held, refusal } }: AppState): boolean {
  if (status === 'applying') return true;
  if (status === 'write-failed') return refusal === undefined;
  if (status === 'conflict') return changed && held === undefined;
  return status === 'pending' && held === undefined;
}

function SyncButton({ status }: { status: Status }) {
  const sync = useSync();
  return (
    <Button variant="primary" busy={status === 'applying'} onClick={() => void sync()}>
      {status === 'write-failed' ? words.common.tryAgain : words.common.syncHosts}
    </Button>
  );
}

function CheckButton() {
  const check = useCheck();
  return <Button onClick={() => void check()}>{words.common.checkNow}</Button>;
}
