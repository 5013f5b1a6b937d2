import { CircleHelp, CircleSlash, LoaderCircle, Network, TriangleAlert } from 'lucide-react';
import type { MetallbView } from '../../../preload/contract.ts';
import { Banner } from '../../components/Banner.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import type { IconShape } from '../../components/Icon.tsx';
import { type HeaderTone, PageHeader } from '../../components/PageHeader.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { isRemoval } from '../wizard/steps.ts';
import { About } from './About.tsx';
import { Actions } from './Actions.tsx';
import { Hint } from './Hint.tsx';
import { Pools } from './Pools.tsx';
import { Problems } from './Problems.tsx';
import { Removal } from './Removal.tsx';
import { Services } from './Services.tsx';
import { Unfinished } from './Unfinished.tsx';

interface Look {
  readonly icon: IconShape;
  readonly tone: HeaderTone;
}

const LOOKS: Readonly<Record<MetallbView['state'], Look>> = {
  absent: { icon: CircleSlash, tone: 'off' },
  installing: { icon: LoaderCircle, tone: 'accent' },
  ready: { icon: Network, tone: 'ok' },
  degraded: { icon: TriangleAlert, tone: 'warn' },
  foreign: { icon: TriangleAlert, tone: 'warn' },
  unknown: { icon: CircleHelp, tone: 'off' },
};

/** What was true then need not be so now. */
const STALE = { tone: 'off' } as const;

/** MetalLB, and the addresses that Services have from it or from another. */
export function LoadBalancer() {
  const connection = useAppState(({ cluster }) => cluster?.connection);
  const metallb = useAppState(state => state.metallb);
  const installer = useAppState(state => state.installer);
  if (isRemoval(installer)) return <Removal installer={installer} />;
  if (connection === undefined || connection === 'connecting') return <NotYet />;
  const isStale = connection === 'unreachable';
  const canGoOn = !isStale && installer.isUnfinished;
  const { title, detail } = words.loadBalancer.headline(metallb.state);
  return (
    <>
      <PageHeader
        {...LOOKS[metallb.state]}
        {...(isStale && STALE)}
        title={title}
        detail={detail}
        action={!isStale && <Actions metallb={metallb} />}
      />
      {isStale && <AsLastSeen />}
      {canGoOn && <Unfinished />}
      <Problems problems={metallb.problems} />
      <Hint state={metallb.state} />
      <About metallb={metallb} isStale={isStale} />
      <Pools metallb={metallb} />
      <Services announcers={metallb.announcers} />
    </>
  );
}

function NotYet() {
  return (
    <>
      <PageHeader icon={Network} tone="off" title={words.common.screens['load-balancer']} />
      <EmptyState icon={Network} title={words.loadBalancer.waiting.title} text={words.loadBalancer.waiting.text} />
    </>
  );
}

function AsLastSeen() {
  const seenAt = useAppState(({ cluster }) => cluster?.seenAt);
  return <Banner tone="warn" title={words.loadBalancer.asLastSeen(seenAt)} text={words.loadBalancer.asLastSeenText} />;
}
