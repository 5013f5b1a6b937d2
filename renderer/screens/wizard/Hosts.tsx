import type { AppState } from '../../../preload/contract.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { pendingOf } from '../../names.ts';
import { useAppState, useNames } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { ChangeList, isChange } from '../hosts-file/ChangeList.tsx';
import { useWrite, type Write } from '../hosts-file/use-write.ts';
import { WriteResult } from '../hosts-file/WriteResult.tsx';
import { StepBar } from './StepBar.tsx';
import type { Wizard } from './use-wizard.ts';
import styles from './Wizard.module.css';

const SHOWN = 8;

/** What is to be written into the hosts file, what the system will ask for, and the write. */
export function Hosts({ wizard }: { wizard: Wizard }) {
  const write = useWrite();
  const head = headOf(
    useAppState(({ hosts }) => hosts),
    useAppState(({ cluster }) => cluster),
  );
  return (
    <>
      <PageHeader {...head} />
      <FailureNote failure={write.failure} onDismiss={write.clear} />
      <WriteResult />
      <Refusal />
      <Changes />
      <Consents />
      <HostsBar wizard={wizard} write={write} />
    </>
  );
}

function headOf(hosts: AppState['hosts'], cluster: AppState['cluster']) {
  const text = words.wizard.hosts;
  if (hosts.changed || pendingOf(hosts) > 0)
    return { title: text.title, detail: `${text.pending(pendingOf(hosts), hosts.path)} ${text.untouched}` };
  if (cluster?.connection !== 'live') return { title: text.waiting, detail: text.waitingDetail };
  return { title: text.inStep, detail: text.inStepDetail(hosts.entries, hosts.path) };
}

function Refusal() {
  const refusal = useAppState(({ hosts }) => hosts.refusal);
  return refusal ? <Banner tone="error" title={refusal.message} text={refusal.hint} /> : null;
}

function Changes() {
  const changes = useNames().filter(isChange);
  const held = useAppState(({ hosts }) => hosts.held);
  if (changes.length === 0) return null;
  const more = changes.length - SHOWN;
  return (
    <>
      {held && <Banner tone="warn" title={words.hostsFile.held.title} text={held} />}
      <ChangeList changes={changes.slice(0, SHOWN)} held={held} />
      {more > 0 && <p className={styles.more}>{words.wizard.hosts.more(more)}</p>}
    </>
  );
}

function Consents() {
  const consents = useAppState(state => state.consents);
  const text = words.wizard.hosts;
  if (consents.length === 0) return null;
  const domains = words.common.list(consents.slice(0, SHOWN).map(({ domain }) => domain));
  return <Banner tone="info" title={text.consents(consents.length)} text={<bdi>{text.consentsText(domains)}</bdi>} />;
}

/** The system's question is told of before it comes up. */
function HostsBar({ wizard, write }: { wizard: Wizard; write: Write }) {
  const { changed, refusal, asks, way, wayReason } = useAppState(({ hosts }) => hosts);
  const goOn = () => wizard.change({ at: 'done' });
  const text = words.wizard.hosts;
  const canWrite = changed && refusal === undefined;
  const isQuiet = !asks && way === 'direct';
  return (
    <StepBar step="hosts" note={canWrite ? (isQuiet ? words.hostsFile.direct : wayReason) : ''}>
      {wizard.progress.isSkipped && <Button onClick={() => wizard.change({ at: 'check' })}>{words.wizard.back}</Button>}
      {canWrite ? (
        <>
          <Button onClick={goOn}>{text.notNow}</Button>
          <Button variant="primary" busy={write.busy} onClick={() => write.start(false)}>
            {text.sync}
          </Button>
        </>
      ) : (
        <Button variant="primary" onClick={goOn}>
          {words.wizard.next}
        </Button>
      )}
    </StepBar>
  );
}
