import { Monitor } from 'lucide-react';
import type { HostsView } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Row } from '../../components/Group.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { pendingOf } from '../../names.ts';
import { useAppState } from '../../use-app-state.ts';
import { useNow } from '../../use-now.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';

/** How the hosts file stands. */
export function ComputerRow() {
  const hosts = useAppState(state => state.hosts);
  const { go } = useScreen();
  const isBroken = hosts.refusal !== undefined || hosts.health.length > 0;
  return (
    <Row
      icon={Monitor}
      title={words.overview.computer.title}
      detail={<Detail hosts={hosts} />}
      status={<State hosts={hosts} />}
      action={isBroken && <Button onClick={() => go('hosts-file')}>{words.overview.computer.look}</Button>}
    />
  );
}

function Detail({ hosts }: { hosts: HostsView }) {
  const now = useNow();
  const text = words.overview.computer;
  const notes = hosts.refusal === undefined ? hosts.health : [hosts.refusal];
  return (
    <>
      <p>
        {hosts.writtenAt === undefined ? text.notWritten(hosts.path) : text.writtenAt(hosts.path, hosts.writtenAt, now)}
      </p>
      {notes.map(({ message, hint }) => (
        <p key={message}>
          {message} {hint}
        </p>
      ))}
    </>
  );
}

function State({ hosts }: { hosts: HostsView }) {
  const text = words.overview.computer;
  if (hosts.refusal !== undefined) return <StatusDot tone="error">{text.refused}</StatusDot>;
  if (pendingOf(hosts) > 0) return <StatusDot tone="warn">{text.pending(pendingOf(hosts))}</StatusDot>;
  return <StatusDot tone={hosts.entries > 0 ? 'ok' : 'off'}>{text.entries(hosts.entries)}</StatusDot>;
}
