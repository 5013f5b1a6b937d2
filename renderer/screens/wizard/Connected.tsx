import { Server } from 'lucide-react';
import type { FormEvent } from 'react';
import type { ClusterView } from '../../../preload/contract.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useCheck } from '../../use-sync.ts';
import { words } from '../../words.ts';
import { ChooseOther } from '../setup/ChooseOther.tsx';
import { Naming } from './Naming.tsx';
import { StepBar } from './StepBar.tsx';
import { useNaming } from './use-naming.ts';
import type { Wizard } from './use-wizard.ts';

const FORM = 'wizard-connect';

/** Which cluster it is, whether it answers, and what it is to be called. */
export function Connected({ wizard }: { wizard: Wizard }) {
  const cluster = useAppState(state => state.cluster);
  const naming = useNaming();
  const isLive = cluster?.connection === 'live';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (isLive && (cluster.demo || (await naming.save()))) wizard.change({ at: 'check' });
  };
  const text = words.wizard.connect;
  return (
    <>
      <Head cluster={cluster} />
      {cluster && <Facts cluster={cluster} />}
      <form id={FORM} onSubmit={event => void submit(event)} noValidate>
        {cluster?.demo === false && <Naming naming={naming} />}
      </form>
      <FailureNote failure={naming.failure} />
      <StepBar step="connect" note={isLive ? '' : text.wait}>
        <ChooseOther />
        <Button type="submit" form={FORM} variant="primary" busy={naming.busy} disabled={!isLive}>
          {words.wizard.next}
        </Button>
      </StepBar>
    </>
  );
}

function Head({ cluster }: { cluster: ClusterView | undefined }) {
  const text = words.wizard.connect;
  const name = cluster?.name ?? words.common.cluster.none;
  const title =
    cluster?.connection === 'live'
      ? text.connected(name)
      : cluster?.connection === 'unreachable'
        ? text.unreachable(name)
        : text.connecting(name);
  return <PageHeader title={<bdi>{title}</bdi>} detail={cluster?.demo ? text.demoDetail : text.detail} />;
}

function Facts({ cluster }: { cluster: ClusterView }) {
  const text = words.wizard.connect;
  const { context, server, version, nodes, failure, demo } = cluster;
  return (
    <>
      {failure && <Unreachable message={failure.message} hint={failure.hint} />}
      <Group label={text.facts}>
        <Row
          icon={Server}
          title={text.server}
          detail={<bdi>{demo ? text.demo : words.common.cluster.line(version, nodes.total, context)}</bdi>}
          value={<bdi>{server}</bdi>}
          status={<Connection cluster={cluster} />}
        />
      </Group>
    </>
  );
}

function Connection({ cluster: { connection } }: { cluster: ClusterView }) {
  const text = words.overview.cluster;
  switch (connection) {
    case 'live':
      return <StatusDot tone="ok">{text.connected}</StatusDot>;
    case 'connecting':
      return <StatusDot tone="off">{text.connecting}</StatusDot>;
    case 'unreachable':
      return <StatusDot tone="error">{text.unreachable}</StatusDot>;
  }
}

function Unreachable({ message, hint }: { message: string; hint: string }) {
  const check = useCheck();
  return (
    <Banner
      tone="error"
      title={<bdi>{message}</bdi>}
      text={<bdi>{hint}</bdi>}
      action={<Button onClick={() => void check()}>{words.common.tryAgain}</Button>}
    />
  );
}
