import { Network } from 'lucide-react';
import { assertNever } from '../../../main/errors.ts';
import type { InstallerView } from '../../../preload/installer.ts';
import { Bar } from '../../components/Bar.tsx';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useAct } from '../../use-act.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';
import { failureOf } from '../wizard/failure-of.ts';
import { Log } from '../wizard/Log.tsx';
import { Remarks } from '../wizard/Remarks.tsx';
import { Steps } from '../wizard/Steps.tsx';

/** How the removal of MetalLB goes, and what it left. */
export function Removal({ installer }: { installer: InstallerView }) {
  const { phase, steps, remarks, log } = installer;
  const text = words.wizard.install;
  const isFailed = phase === 'failed' || phase === 'stopped';
  const { title, detail } = isFailed ? text.removalFailed : text.head(phase, '');
  return (
    <>
      <PageHeader icon={Network} tone={isFailed ? 'error' : 'off'} title={title} detail={detail} />
      <FailureNote failure={failureOf(installer)} />
      <Steps steps={steps} />
      <Remarks remarks={remarks} />
      <Log lines={log} />
      <Actions phase={phase} />
    </>
  );
}

function Actions({ phase }: { phase: InstallerView['phase'] }) {
  const act = useAct();
  const { go } = useScreen();
  const putAway = () => void act('resetInstaller');
  switch (phase) {
    case 'removed':
      return (
        <Bar>
          <Button onClick={putAway}>{words.common.close}</Button>
          <Button
            variant="primary"
            onClick={() => {
              putAway();
              go('hosts-file');
            }}
          >
            {words.loadBalancer.toHostsFile}
          </Button>
        </Bar>
      );
    case 'failed':
    case 'stopped':
      return (
        <Bar>
          <Button onClick={putAway}>{words.common.close}</Button>
          <Button variant="primary" onClick={() => void act('removeMetallb')}>
            {words.common.tryAgain}
          </Button>
        </Bar>
      );
    case 'removing':
    case 'idle':
    case 'installing':
    case 'cancelling':
    case 'rolling-back':
    case 'rolled-back':
    case 'installed':
      return null;
    default:
      return assertNever(phase);
  }
}
