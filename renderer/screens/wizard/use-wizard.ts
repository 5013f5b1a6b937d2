import { useCallback, useEffect, useRef, useState } from 'react';
import type { AppState } from '../../../preload/contract.ts';
import type { PlanView } from '../../../preload/installer.ts';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import type { Position } from './steps.ts';

/** What the user did so far. It outlives the wizard's being left, so that nothing is asked twice. */
export interface Progress {
  /** `undefined`: the wizard was not open yet, or has been through. */
  readonly at: Position | undefined;
  /** As typed; `undefined` until there is a suggestion. */
  readonly addresses: string | undefined;
  /** Traefik's own address as typed; `undefined`: it gets any. */
  readonly pin: string | undefined;
  readonly plan: PlanView | undefined;
  /** MetalLB was not needed. */
  readonly isSkipped: boolean;
}

const FRESH: Progress = { at: undefined, addresses: undefined, pin: undefined, plan: undefined, isSkipped: false };

export interface Wizard {
  readonly progress: Progress;
  readonly change: (change: Partial<Progress>) => void;
  readonly restart: () => void;
}

/** The wizard's memory, for as long as the window is there and the cluster is the same. */
export function useWizardMemory(): Wizard {
  const [progress, setProgress] = useState(FRESH);
  const change = useCallback((part: Partial<Progress>) => setProgress(before => ({ ...before, ...part })), []);
  const restart = useCallback(() => setProgress(FRESH), []);
  const cluster = useAppState(clusterKey);
  const last = useRef(cluster);
  useEffect(() => {
    if (cluster === '' || cluster === last.current) return;
    const isAnother = last.current !== '';
    last.current = cluster;
    // Addresses of another network are no good; whoever chose the cluster here is still at that step.
    if (isAnother) setProgress(({ at }) => (at === 'connect' ? { ...FRESH, at } : FRESH));
  }, [cluster]);
  return { progress, change, restart };
}

/** `''` while there is none, as between two. */
function clusterKey({ cluster }: AppState): string {
  if (cluster === undefined) return '';
  return cluster.demo ? 'demo' : `context ${cluster.context}`;
}

/** Ways out of the wizard. */
export function useWayOut({ progress, restart }: Wizard): { readonly leave: () => void; readonly finish: () => void } {
  const act = useAct();
  const { go } = useScreen();
  const isDemo = useAppState(({ cluster }) => cluster?.demo ?? false);
  const leave = () => {
    if (progress.at === 'hosts' || progress.at === 'done') restart();
    go('overview');
  };
  const finish = () => {
    restart();
    go('overview');
    // The demo is not what the wizard is for: the user's own cluster has it still to come.
    if (!isDemo) void act('setSettings', { wizardSeen: true });
  };
  return { leave, finish };
}
