import { Network } from 'lucide-react';
import type { MetallbView } from '../../../preload/contract.ts';
import { Group, Row } from '../../components/Group.tsx';
import { StatusDot, type StatusTone } from '../../components/StatusDot.tsx';
import { words } from '../../words.ts';

const TONES: Readonly<Record<MetallbView['state'], StatusTone>> = {
  absent: 'off',
  installing: 'off',
  ready: 'ok',
  degraded: 'warn',
  foreign: 'warn',
  unknown: 'off',
};

/** Which MetalLB it is; nothing where there is none to tell of. */
export function About({
  metallb: { state, version, managedBy, announcers },
  isStale,
}: {
  metallb: MetallbView;
  isStale: boolean;
}) {
  if (state === 'absent' || state === 'foreign' || state === 'unknown') return null;
  return (
    <Group label={words.loadBalancer.about}>
      <Row
        icon={Network}
        title={words.loadBalancer.metallb}
        detail={words.loadBalancer.facts(version, managedBy, announcers.length > 0)}
        status={<StatusDot tone={isStale ? 'off' : TONES[state]}>{words.loadBalancer.word(state)}</StatusDot>}
      />
    </Group>
  );
}
