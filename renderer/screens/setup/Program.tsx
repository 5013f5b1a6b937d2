import { ShieldQuestionMark, Terminal } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Failure, Setup } from '../../../preload/contract.ts';
import { Bar } from '../../components/Bar.tsx';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { ChooseOther } from './ChooseOther.tsx';
import { Command } from './Command.tsx';
import { ProgramFacts } from './ProgramFacts.tsx';
import styles from './Setup.module.css';

export type Wanted = Extract<Setup, { need: 'program' }>;

/** To log in, a program would have to run: what exactly, and whether it may. Nothing here has the focus by itself. */
export function Program(wanted: Wanted) {
  // That it was declined is remembered by the main process; here, only that the user looks at it once more.
  const [isAsking, setAsking] = useState(false);
  const decline = useRequest('declineProgram');
  const isDeclined = wanted.declined && !isAsking;
  const before = useRef(isDeclined);
  useEffect(() => {
    if (before.current === isDeclined) return;
    before.current = isDeclined;
    document.querySelector<HTMLElement>('main h1')?.focus();
  }, [isDeclined]);
  if (isDeclined) return <Declined context={wanted.context} onAgain={() => setAsking(true)} />;
  const notNow = () => {
    setAsking(false);
    if (!wanted.declined) void decline.run(wanted.digest);
  };
  return <Question wanted={wanted} failure={decline.failure} onDecline={notNow} />;
}

function Question({
  wanted,
  failure,
  onDecline,
}: {
  wanted: Wanted;
  failure: Failure | undefined;
  onDecline: () => void;
}) {
  const allow = useRequest('allowProgram');
  const look = useRequest('lookAgain');
  const isFound = wanted.path !== '';
  return (
    <>
      <PageHeader
        icon={ShieldQuestionMark}
        tone="warn"
        title={<bdi>{words.setup.program.title(wanted.context)}</bdi>}
        detail={words.setup.program.detail}
      />
      <Command command={wanted.command} />
      <ProgramFacts wanted={wanted} />
      <p className={styles.lead}>{isFound ? words.setup.program.know : words.setup.program.notFoundText}</p>
      <FailureNote failure={failure ?? allow.failure ?? look.failure} />
      <Bar>
        <ChooseOther />
        <Button onClick={onDecline}>{words.setup.program.notNow}</Button>
        {isFound ? (
          <Button busy={allow.busy} onClick={() => void allow.run(wanted.digest)}>
            {words.setup.program.run}
          </Button>
        ) : (
          <Button busy={look.busy} onClick={() => void look.run()}>
            {words.setup.program.lookAgain}
          </Button>
        )}
      </Bar>
    </>
  );
}

function Declined({ context, onAgain }: { context: string; onAgain: () => void }) {
  return (
    <>
      <PageHeader icon={Terminal} tone="off" title={words.setup.program.declined} />
      <EmptyState
        icon={Terminal}
        title={words.setup.program.declinedTitle}
        text={<bdi>{words.setup.program.declinedText(context)}</bdi>}
        action={
          <div className={styles.actions}>
            <Button onClick={onAgain}>{words.setup.program.again}</Button>
            <ChooseOther />
          </div>
        }
      />
    </>
  );
}
