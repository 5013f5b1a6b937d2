import { useEffect, useRef } from 'react';
import type { CheckRow } from '../../../preload/installer.ts';
import { announce } from '../../announce.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group } from '../../components/Group.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { CheckBar } from './CheckBar.tsx';
import { CheckLine } from './CheckLine.tsx';
import { traefiksAddress } from './steps.ts';
import type { Wizard } from './use-wizard.ts';

/** Everything that an installation depends on, looked at before anything is changed. */
export function Check({ wizard }: { wizard: Wizard }) {
  const { checks, checking } = useAppState(({ installer }) => installer);
  const { run, busy, failure } = useRequest('runChecks');
  const isChecking = checking || busy;
  useEffect(() => void run(false), [run]);
  useSummary(checks, isChecking);
  return (
    <>
      <Head checks={checks} isChecking={isChecking} />
      <FailureNote failure={failure} />
      <Answers wizard={wizard} canGoOn={canInstall(checks, isChecking)} />
      {checks.length === 0 ? (
        failure === undefined && <Skeleton rows={5} />
      ) : (
        <Group label={words.wizard.check.list} busy={isChecking}>
          {checks.map(row => (
            <CheckLine key={row.id} row={row} />
          ))}
        </Group>
      )}
      <CheckBar wizard={wizard} checks={checks} isChecking={isChecking} onAgain={() => void run(true)} />
    </>
  );
}

function Head({ checks, isChecking }: { checks: readonly CheckRow[]; isChecking: boolean }) {
  const cluster = useAppState(state => state.cluster?.name ?? words.common.cluster.none);
  const { title, untouched } = words.wizard.check;
  return (
    <PageHeader
      title={<bdi>{title(cluster)}</bdi>}
      detail={
        <>
          {untouched} {!isChecking && checks.length > 0 && summaryOf(checks)}
        </>
      }
    />
  );
}

/** Where Traefik has an address, from whomever, the hosts file is all that is left to do. */
function Answers({ wizard, canGoOn }: { wizard: Wizard; canGoOn: boolean }) {
  const address = useAppState(traefiksAddress);
  const isOurs = useAppState(({ metallb }) => metallb.ours);
  const { answers, answersText, oursText, setUp } = words.wizard.check;
  if (address === '') return null;
  return (
    <Banner
      tone="info"
      title={<bdi>{answers(address)}</bdi>}
      text={isOurs ? oursText : answersText}
      action={
        <Button disabled={!canGoOn} onClick={() => wizard.change({ at: 'addresses', isSkipped: false })}>
          {isOurs ? words.loadBalancer.changeAddresses : setUp}
        </Button>
      }
    />
  );
}

function canInstall(checks: readonly CheckRow[], isChecking: boolean): boolean {
  return !isChecking && checks.length > 0 && checks.every(({ state }) => state === 'ready' || state === 'attention');
}

function summaryOf(checks: readonly CheckRow[]): string {
  const of = (wanted: CheckRow['state']) => checks.filter(({ state }) => state === wanted).length;
  return words.wizard.check.summary(of('blocked'), of('attention'));
}

/** Says aloud what came of it, once it is over. */
function useSummary(checks: readonly CheckRow[], isChecking: boolean): void {
  const was = useRef(isChecking);
  useEffect(() => {
    if (was.current && !isChecking && checks.length > 0) announce(summaryOf(checks));
    was.current = isChecking;
  }, [checks, isChecking]);
}
