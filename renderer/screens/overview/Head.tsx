import { ArrowDownUp, Check, CircleSlash, Pause, TriangleAlert, X } from 'lucide-react';
import type { AppState, Status } from '../../../preload/contract.ts';
import type { IconShape } from '../../components/Icon.tsx';
import { type HeaderTone, PageHeader } from '../../components/PageHeader.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useNow } from '../../use-now.ts';
import { words } from '../../words.ts';
import { HeadAction } from './HeadAction.tsx';

interface Look {
  readonly tone: HeaderTone;
  readonly icon: IconShape;
}

const LOOKS: Readonly<Record<Status, Look>> = {
  'setup-needed': { tone: 'accent', icon: ArrowDownUp },
  connecting: { tone: 'off', icon: ArrowDownUp },
  applying: { tone: 'accent', icon: ArrowDownUp },
  'write-failed': { tone: 'error', icon: X },
  paused: { tone: 'off', icon: Pause },
  conflict: { tone: 'warn', icon: TriangleAlert },
  pending: { tone: 'warn', icon: TriangleAlert },
  unreachable: { tone: 'off', icon: CircleSlash },
  offline: { tone: 'off', icon: CircleSlash },
  stale: { tone: 'off', icon: CircleSlash },
  ok: { tone: 'ok', icon: Check },
};

/** The headline, and the one thing to do about it. */
export function Head() {
  const state = useAppState(all => all);
  const now = useNow();
  const { title, detail } = words.status.headline(state);
  return (
    <PageHeader
      {...lookOf(state)}
      title={title}
      detail={
        <>
          {detail} {isQuiet(state) && state.cluster?.seenAt && words.overview.checked(state.cluster.seenAt, now)}
        </>
      }
      action={<HeadAction />}
    />
  );
}

/** `ok` says that nothing is wrong; with nothing to show for it that is no success either. */
function lookOf(state: AppState): Look {
  if (state.status === 'ok' && state.traefik.state === 'no-address') return LOOKS.conflict;
  if (state.status === 'ok' && state.hosts.entries === 0) return LOOKS['setup-needed'];
  return LOOKS[state.status];
}

/** There is nothing else to say. */
function isQuiet(state: AppState): boolean {
  return lookOf(state) === LOOKS.ok && state.consents.length === 0;
}
