import type { Ref } from 'react';
import { assertNever } from '../../../main/errors.ts';
import { Sheet } from '../../components/frame/Sheet.tsx';
import { Addresses } from './Addresses.tsx';
import { Check } from './Check.tsx';
import { Connect } from './Connect.tsx';
import { Done } from './Done.tsx';
import { Hosts } from './Hosts.tsx';
import { Install } from './Install.tsx';
import { Rail } from './Rail.tsx';
import { Review } from './Review.tsx';
import type { Step } from './steps.ts';
import type { Wizard as Memory } from './use-wizard.ts';
import styles from './Wizard.module.css';

/** From no cluster to an address that answers and names that open: one step at a time, with its steps beside it. */
export function Wizard({
  step,
  wizard,
  ref,
  children,
}: {
  step: Step;
  wizard: Memory;
  ref: Ref<HTMLElement>;
  /** What went wrong with something that was asked for. */
  children: React.ReactNode;
}) {
  return (
    <div className={styles.window}>
      <Rail step={step} wizard={wizard} />
      <Sheet ref={ref}>
        {children}
        <Content step={step} wizard={wizard} />
      </Sheet>
    </div>
  );
}

function Content({ step, wizard }: { step: Step; wizard: Memory }) {
  switch (step) {
    case 'connect':
      return <Connect wizard={wizard} />;
    case 'check':
      return <Check wizard={wizard} />;
    case 'addresses':
      return <Addresses wizard={wizard} />;
    case 'review':
      return <Review wizard={wizard} />;
    case 'install':
      return <Install wizard={wizard} />;
    case 'hosts':
      return <Hosts wizard={wizard} />;
    case 'done':
      return <Done wizard={wizard} />;
    default:
      return assertNever(step);
  }
}
