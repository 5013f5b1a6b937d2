import type { NameRow } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { isWanted } from '../../names.ts';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { CopyNameButton } from './CopyNameButton.tsx';
import styles from './PanelActions.module.css';

/** What can be done about a name: each is a setting, and shows in the hosts file with the next sync. */
export function PanelActions({ row, onClose }: { row: NameRow; onClose: () => void }) {
  const act = useAct();
  return (
    <div className={styles.actions}>
      {row.state === 'needs-consent' && row.domain !== undefined && <Allow domain={row.domain} />}
      {isWanted(row) && (
        <Button onClick={() => void act('openUrl', `https://${row.hostname}/`)}>{words.hostnames.panel.open}</Button>
      )}
      <CopyNameButton hostname={row.hostname} />
      {row.origin.kind === 'Manual' ? <Remove row={row} onClose={onClose} /> : <LeaveOut row={row} />}
    </div>
  );
}

function Allow({ domain }: { domain: string }) {
  const act = useAct();
  const allowed = useAppState(state => state.settings.allowedDomains);
  return (
    <>
      <p className={styles.hint}>{words.hostnames.panel.allowHint(domain)}</p>
      <Button
        variant="primary"
        onClick={() => void act('setSettings', { allowedDomains: [...new Set([...allowed, domain])] })}
      >
        {words.hostnames.panel.allow(domain)}
      </Button>
    </>
  );
}

function LeaveOut({ row: { hostname, state } }: { row: NameRow }) {
  const act = useAct();
  const excluded = useAppState(settings => settings.settings.excluded);
  if (state === 'skipped') return null;
  const others = excluded.filter(name => name !== hostname);
  return state === 'excluded' ? (
    <Button onClick={() => void act('setSettings', { excluded: others })}>{words.hostnames.panel.include}</Button>
  ) : (
    <Button onClick={() => void act('setSettings', { excluded: [...others, hostname] })}>
      {words.hostnames.panel.exclude}
    </Button>
  );
}

function Remove({ row, onClose }: { row: NameRow; onClose: () => void }) {
  const act = useAct();
  const names = useAppState(state => state.settings.names);
  const left = names.filter(({ hostname, address }) => hostname !== row.hostname || address !== row.address);
  const remove = async () => {
    const reply = await act('setSettings', { names: left });
    if (reply.ok) onClose();
  };
  return (
    <Button variant="danger" onClick={() => void remove()}>
      {words.hostnames.panel.remove}
    </Button>
  );
}
