import clsx from 'clsx';
import { Check, Minus } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { ClusterSwitcher } from '../../components/frame/ClusterSwitcher.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import styles from './Rail.module.css';
import { STEPS, type Step } from './steps.ts';
import { useWayOut, type Wizard } from './use-wizard.ts';

const OF_METALLB: ReadonlySet<Step> = new Set(['addresses', 'review', 'install']);

/** The steps, which of them are done, and the way out; where there is no cluster there is nothing to go out to. */
export function Rail({ step, wizard }: { step: Step; wizard: Wizard }) {
  const { leave } = useWayOut(wizard);
  const isSetUp = useAppState(({ setup }) => setup === undefined);
  const platform = useAppState(({ system }) => system.platform);
  const current = STEPS.indexOf(step);
  const { isSkipped } = wizard.progress;
  return (
    <nav className={styles.rail} data-platform={platform} aria-label={words.wizard.steps}>
      <ol>
        {STEPS.map((each, index) => (
          <RailStep
            key={each}
            step={each}
            number={index + 1}
            state={
              index === current
                ? 'current'
                : index > current
                  ? 'ahead'
                  : isSkipped && OF_METALLB.has(each)
                    ? 'skipped'
                    : 'done'
            }
          />
        ))}
      </ol>
      <div className={styles.foot}>
        {step === 'connect' && <ClusterSwitcher />}
        {isSetUp && step !== 'done' && (
          <Button variant="quiet" onClick={leave}>
            {words.wizard.leave}
          </Button>
        )}
      </div>
    </nav>
  );
}

function RailStep({
  step,
  number,
  state,
}: {
  step: Step;
  number: number;
  state: 'done' | 'skipped' | 'current' | 'ahead';
}) {
  return (
    <li className={clsx(styles.step, styles[state])} aria-current={state === 'current' ? 'step' : undefined}>
      <span className={styles.number} aria-hidden={true}>
        {state === 'done' ? (
          <Icon of={Check} size={12} />
        ) : state === 'skipped' ? (
          <Icon of={Minus} size={12} />
        ) : (
          number
        )}
      </span>
      <span className={styles.name}>{words.wizard.names[step]}</span>
      {state === 'done' && <span className="visually-hidden">{words.wizard.stepDone}</span>}
      {state === 'skipped' && <span className="visually-hidden">{words.wizard.stepSkipped}</span>}
    </li>
  );
}
