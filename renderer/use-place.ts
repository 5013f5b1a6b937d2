import { useEffect, useRef, useState } from 'react';
import type { Screen } from '../preload/contract.ts';
import { callsForWizard } from './screens/wizard/steps.ts';
import { useAppState } from './use-app-state.ts';

interface Place {
  /** Where the user went. */
  readonly screen: Screen;
  readonly go: (screen: Screen) => void;
  /** What is shown: without a cluster there is nothing on most screens. */
  readonly shown: Screen;
  /** The wizard, which has no sections beside it. */
  readonly isWizard: boolean;
}

/** Which screen is open. The wizard comes up by itself once; whoever leaves it is left in peace. */
export function usePlace(): Place {
  const calls = useAppState(callsForWizard);
  const isSetUp = useAppState(({ setup }) => setup === undefined);
  const isSeen = useAppState(({ settings }) => settings.wizardSeen);
  const [screen, go] = useState<Screen>(calls ? 'setup' : 'overview');
  const called = useRef(calls);
  useEffect(() => {
    if (!calls || called.current || screen !== 'overview') return;
    called.current = true;
    go('setup');
  }, [calls, screen]);
  const shown = isSetUp || screen === 'settings' ? screen : 'setup';
  const isWizard = shown === 'setup' && (screen === 'setup' || !isSeen);
  useEffect(() => {
    // What follows the question for a cluster belongs to the wizard, too.
    if (isWizard && screen !== 'setup') go('setup');
  }, [isWizard, screen]);
  return { screen, go, shown, isWizard };
}
