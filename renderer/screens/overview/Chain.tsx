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
          action={<WayToAnAddress />}
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

/** Where there is a MetalLB already, its own screen says what keeps it from giving one. */
function WayToAnAddress() {
  const state = useAppState(({ metallb }) => metallb.state);
  const { go } = useScreen();
  const text = words.overview.traefik;
  return state === 'absent' || state === 'unknown' ? (
    <Button onClick={() => go('setup')}>{text.setUp}</Button>
  ) : (
    <Button onClick={() => go('load-balancer')}>{text.look}</Button>
  );
}

function whence({ pool, service }: TraefikView): string {
  return pool === '' ? words.overview.traefik.ofService(service) : words.overview.traefik.fromPool(pool);
}
