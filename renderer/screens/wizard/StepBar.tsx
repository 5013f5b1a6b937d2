import type { ReactNode } from 'react';
import { Bar } from '../../components/Bar.tsx';
import { words } from '../../words.ts';
import { STEPS, type Step } from './steps.ts';

/** Where the user is, why it does not go on (`note`), and the buttons of the step, the one that goes on last. */
export function StepBar({ step, note = '', children }: { step: Step; note?: string; children?: ReactNode }) {
  const place = words.wizard.stepOf(STEPS.indexOf(step) + 1, STEPS.length);
  return (
    <Bar>
      <p>{note === '' ? place : words.wizard.withNote(place, note)}</p>
      {children}
    </Bar>
  );
}
