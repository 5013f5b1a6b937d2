import type { Status } from '../../../preload/contract.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { StatusDot, type StatusTone } from '../StatusDot.tsx';
import styles from './Sidebar.module.css';

/** `ok`: syncing goes on, whatever waits for it. */
const TONES: Readonly<Record<Status, StatusTone>> = {
  'setup-needed': 'off',
  connecting: 'off',
  applying: 'off',
  'write-failed': 'error',
  paused: 'off',
  conflict: 'ok',
  pending: 'ok',
  unreachable: 'off',
  offline: 'off',
  stale: 'off',
  ok: 'ok',
};

/** How syncing goes on, at the end of the sidebar. */
export function SyncLine() {
  const state = useAppState(all => all);
  return (
    <div className={styles.foot}>
      <StatusDot tone={TONES[state.status]}>{words.status.syncLine(state)}</StatusDot>
    </div>
  );
}
