import { Network } from 'lucide-react';
import type { AppState, TraefikView } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';
import { ClusterRow } from './ClusterRow.tsx';
import { ComputerRow } from './ComputerRow.tsx';

/** The way of a name, link by link; the broken one says why and what helps. */
export function Chain() {
  const isKnown = useAppState(isTraefikKnown);
  return (
    <Group label={words.overview.chain}>
      <ClusterRow />
      {isKnown && <TraefikRow />}
      <ComputerRow />
    </Group>
  );
}

/** Before the cluster was heard of, there is nothing to say about what is not in it. */
function isTraefikKnown({ cluster, traefik }: AppState): boolean {
  return traefik.address !== '' || cluster?.connection === 'live';
}

function TraefikRow() {
  const traefik = useAppState(state => state.traefik);
  const { go } = useScreen();
  const text = words.overview.traefik;
  switch (traefik.state) {
    case 'ready':
      return (
        <Row
          icon={Network}
          title={text.title}
          detail={whence(traefik)}
          value={traefik.address}
          action={<CopyButton text={traefik.address} label={text.copy} />}
        />
      );
    case 'no-address':
      return (
        <Row
          icon={Network}
          title={text.title}
          detail={text.noAddress}
          status={<StatusDot tone="warn">{text.none}</StatusDot>}
          action={<Button onClick={() => go('load-balancer')}>{text.setUp}</Button>}
        />
      );
    case 'absent':
      return (
        <Row
          icon={Network}
          title={text.title}
          detail={text.absent}
          status={<StatusDot tone="off">{text.notFound}</StatusDot>}
        />
      );
  }
}

function whence({ pool, service }: TraefikView): string {
  return pool === '' ? words.overview.traefik.ofService(service) : words.overview.traefik.fromPool(pool);
}
