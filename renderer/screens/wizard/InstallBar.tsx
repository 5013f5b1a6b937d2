import { assertNever } from '../../../main/errors.ts';
import type { InstallerView } from '../../../preload/installer.ts';
import { announce } from '../../announce.ts';
import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { words } from '../../words.ts';
import { SkipButton } from './SkipButton.tsx';
import { StepBar } from './StepBar.tsx';
import type { Position } from './steps.ts';
import type { Wizard } from './use-wizard.ts';

/** What can be done about an installation, by how it stands. */
export function InstallBar({ wizard, installer }: { wizard: Wizard; installer: InstallerView }) {
  return (
    <StepBar step="install" note={installer.phase === 'installing' ? words.wizard.install.cancelNote : ''}>
      <Actions wizard={wizard} installer={installer} />
    </StepBar>
  );
}

function Actions({ wizard, installer }: { wizard: Wizard; installer: InstallerView }) {
  const act = useAct();
  const text = words.wizard.install;
  switch (installer.phase) {
    case 'installing':
      return <Button onClick={() => void act('cancelInstall')}>{text.cancel}</Button>;
    case 'failed':
    case 'stopped':
      return (
        <>
          <CopyLog installer={installer} />
          <Ways wizard={wizard} installer={installer} />
        </>
      );
    case 'rolled-back':
      return (
        <>
          <SkipButton wizard={wizard} />
          <Onward wizard={wizard} to="check" label={text.startAgain} />
        </>
      );
    case 'installed':
      return <Onward wizard={wizard} to="hosts" label={words.wizard.next} />;
    case 'idle':
      return installer.isUnfinished ? <Ways wizard={wizard} installer={installer} /> : null;
    case 'cancelling':
    case 'rolling-back':
    case 'removing':
    case 'removed':
      return null;
    default:
      return assertNever(installer.phase);
  }
}

/** Out of what was begun: back, or on. */
function Ways({ wizard, installer }: { wizard: Wizard; installer: InstallerView }) {
  const act = useAct();
  return (
    <>
      <Button variant="danger" onClick={() => void act('rollBack')}>
        {words.wizard.install.rollBack}
      </Button>
      {installer.canBeKept && <Keep wizard={wizard} />}
      <GoOn wizard={wizard} installer={installer} />
    </>
  );
}

/** MetalLB stays though its address does not answer, and the wizard does not come up for it again. */
function Keep({ wizard }: { wizard: Wizard }) {
  const act = useAct();
  const keep = () => {
    wizard.change({ at: 'hosts', plan: undefined });
    void act('keepInstallation');
  };
  return <Button onClick={keep}>{words.wizard.install.keep}</Button>;
}

/** The end is put away: whoever comes back begins anew. */
function Onward({ wizard, to, label }: { wizard: Wizard; to: Position; label: string }) {
  const act = useAct();
  const goOn = () => {
    wizard.change({ at: to, plan: undefined });
    void act('resetInstaller');
  };
  return (
    <Button variant="primary" onClick={goOn}>
      {label}
    </Button>
  );
}

/** With the wish that it was begun with. Where nobody knows it any more, the user is asked once more. */
function GoOn({ wizard, installer }: { wizard: Wizard; installer: InstallerView }) {
  const act = useAct();
  const text = words.wizard.install;
  const wish = installer.wish ?? wizard.progress.plan?.wish;
  if (wish === undefined) return <Onward wizard={wizard} to="addresses" label={text.chooseAgain} />;
  return (
    <Button variant="primary" onClick={() => void act('install', wish)}>
      {installer.phase === 'failed' ? text.retry : text.goOn}
    </Button>
  );
}

function CopyLog({ installer: { steps, log } }: { installer: InstallerView }) {
  const act = useAct();
  const copy = async () => {
    const rows = steps.map(
      ({ title, state, message }) => `${title}: ${words.wizard.install.stepState(state)} ${message}`,
    );
    const reply = await act('copyText', [...rows, '', ...log].join('\n'));
    if (reply.ok) announce(words.common.copied);
  };
  return <Button onClick={() => void copy()}>{words.wizard.install.copyLog}</Button>;
}
