import type { AppState, ClusterView } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { Glyph } from '../../components/Glyph.tsx';
import { Row } from '../../components/Group.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useCheck } from '../../use-sync.ts';
import { words } from '../../words.ts';

/** Whether the cluster answers, and what of it may be read. */
export function ClusterRow() {
  const cluster = useAppState(state => state.cluster);
  const check = useCheck();
  const text = words.overview.cluster;
  return (
    <Row
      icon={Glyph}
      title={text.title}
      detail={cluster === undefined ? words.common.cluster.none : <Detail cluster={cluster} />}
      status={cluster && <Connection cluster={cluster} />}
      action={
        cluster?.connection === 'unreachable' && <Button onClick={() => void check()}>{words.common.tryAgain}</Button>
      }
    />
  );
}

function Detail({ cluster }: { cluster: ClusterView }) {
  const isOffline = useAppState(isWithoutNetwork);
  if (isOffline) return words.overview.cluster.offlineText;
  if (cluster.failure !== undefined)
    return (
      <>
        <p>{cluster.failure.message}</p>
        <p>{cluster.failure.hint}</p>
      </>
    );
  const { ready, total } = cluster.nodes;
  return (
    <>
      <p>{total === 0 ? cluster.server : words.overview.cluster.nodes(cluster.context, ready, total)}</p>
      {cluster.connection === 'live' &&
        cluster.kinds.map(({ kind, message }) => <p key={kind}>{words.overview.cluster.kind(kind, message)}</p>)}
    </>
  );
}

function Connection({ cluster }: { cluster: ClusterView }) {
  const text = words.overview.cluster;
  const isOffline = useAppState(isWithoutNetwork);
  const isSilent = useAppState(({ status }) => status === 'stale');
  if (isOffline) return <StatusDot tone="off">{text.offline}</StatusDot>;
  if (isSilent) return <StatusDot tone="off">{text.silent}</StatusDot>;
  switch (cluster.connection) {
    case 'connecting':
      return <StatusDot tone="off">{text.connecting}</StatusDot>;
    case 'unreachable':
      return <StatusDot tone="error">{text.unreachable}</StatusDot>;
    case 'live':
      return cluster.kinds.length === 0 ? (
        <StatusDot tone="ok">{text.connected}</StatusDot>
      ) : (
        <StatusDot tone="warn">{text.partly}</StatusDot>
      );
  }
}

/** A cluster on this computer answers without one. */
function isWithoutNetwork({ cluster, system }: AppState): boolean {
  return !system.online && cluster?.connection !== 'live';
}
