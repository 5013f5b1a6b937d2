import type { InstallStep } from '../../../preload/installer.ts';
import { Group } from '../../components/Group.tsx';
import { Dot, type StatusTone } from '../../components/StatusDot.tsx';
import { useNow } from '../../use-now.ts';
import { words } from '../../words.ts';
import { useSpokenSteps } from './use-spoken-steps.ts';
import styles from './Wizard.module.css';

const TONES: Readonly<Record<InstallStep['state'], StatusTone>> = {
  waiting: 'off',
  running: 'off',
  done: 'ok',
  failed: 'error',
  undoing: 'off',
  undone: 'ok',
};

/** The steps of an installation or a removal, as they go. */
export function Steps({ steps }: { steps: readonly InstallStep[] }) {
  useSpokenSteps(steps);
  return (
    <Group label={words.wizard.install.steps} busy={steps.some(isUnderWay)}>
      {steps.map(step => (
        <StepLine key={step.id} step={step} />
      ))}
    </Group>
  );
}

function isUnderWay({ state }: InstallStep): boolean {
  return state === 'running' || state === 'undoing';
}

function StepLine({ step }: { step: InstallStep }) {
  return (
    <li className={styles.line} data-step-state={step.state}>
      {isUnderWay(step) ? <span className={styles.turning} aria-hidden={true} /> : <Dot tone={TONES[step.state]} />}
      <div className={styles.text}>
        <bdi className={styles.title}>{step.title}</bdi>
        {step.message && <bdi className={styles.detail}>{step.message}</bdi>}
      </div>
      <Elapsed step={step} />
      <span className={styles.state}>{words.wizard.install.stepState(step.state)}</span>
    </li>
  );
}

function Elapsed({ step }: { step: InstallStep }) {
  const { startedAt, endedAt } = step;
  if (startedAt === undefined) return null;
  return (
    <span className={styles.elapsed}>
      {endedAt === undefined && isUnderWay(step) ? (
        <Ticking since={startedAt} />
      ) : (
        endedAt !== undefined && words.wizard.install.elapsed(endedAt - startedAt)
      )}
    </span>
  );
}

function Ticking({ since }: { since: number }) {
  const now = useNow(1000);
  return words.wizard.install.elapsed(now - since);
}
