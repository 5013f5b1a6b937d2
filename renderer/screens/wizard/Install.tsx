import { FailureNote } from '../../components/FailureNote.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { failureOf } from './failure-of.ts';
import { InstallBar } from './InstallBar.tsx';
import { Log } from './Log.tsx';
import { Remarks } from './Remarks.tsx';
import { Steps } from './Steps.tsx';
import { useSpokenHead } from './use-spoken-steps.ts';
import type { Wizard } from './use-wizard.ts';

/** How the installation goes, and what can be done about it. */
export function Install({ wizard }: { wizard: Wizard }) {
  const installer = useAppState(state => state.installer);
  const { isUnfinished, phase, address } = installer;
  const text = words.wizard.install;
  const { title, detail } = isUnfinished ? text.unfinished : text.head(phase, address);
  useSpokenHead(title);
  return (
    <>
      <PageHeader title={<bdi>{title}</bdi>} detail={detail} />
      <FailureNote failure={failureOf(installer)} />
      {!isUnfinished && <Steps steps={installer.steps} />}
      <Remarks remarks={installer.remarks} />
      <Log lines={installer.log} />
      <InstallBar wizard={wizard} installer={installer} />
    </>
  );
}
