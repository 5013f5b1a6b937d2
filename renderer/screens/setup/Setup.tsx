import { useEffect, useRef } from 'react';
import { assertNever } from '../../../main/errors.ts';
import type { Setup as Need } from '../../../preload/contract.ts';
import { useAppState } from '../../use-app-state.ts';
import { Address } from './Address.tsx';
import { Kubeconfig } from './Kubeconfig.tsx';
import { Program } from './Program.tsx';

/** What is missing before there is a cluster to show; one question at a time. */
export function Setup() {
  const setup = useAppState(state => state.setup);
  useHeadingFocus(setup === undefined ? '' : stepOf(setup));
  return setup === undefined ? null : <Step setup={setup} key={stepOf(setup)} />;
}

function Step({ setup }: { setup: Need }) {
  switch (setup.need) {
    case 'kubeconfig':
      return <Kubeconfig failure={setup.failure} />;
    case 'address':
      return <Address context={setup.context} server={setup.server} />;
    case 'program':
      return <Program {...setup} />;
    default:
      return assertNever(setup);
  }
}

/** The same for the same question: what was typed and said counts for that one only. */
function stepOf(setup: Need): string {
  switch (setup.need) {
    case 'kubeconfig':
      return setup.need;
    case 'address':
      return `${setup.need} ${setup.context} ${setup.server}`;
    case 'program':
      return `${setup.need} ${setup.digest}`;
    default:
      return assertNever(setup);
  }
}

/** What had the focus is gone when the question is another; the first time it is the window's to decide. */
function useHeadingFocus(step: string): void {
  const last = useRef(step);
  useEffect(() => {
    if (last.current === step) return;
    last.current = step;
    document.querySelector<HTMLElement>('main h1')?.focus();
  }, [step]);
}
