import { Activity as Pulse } from 'lucide-react';
import { useState } from 'react';
import type { ActivityItem } from '../../../preload/contract.ts';
import { announce } from '../../announce.ts';
import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { Days } from './Days.tsx';

/** What happened, the newest first. */
export function Activity() {
  const [filter, setFilter] = useState<'all' | 'problems'>('all');
  const items = useAppState(({ activity }) => activity);
  const problems = items.filter(isProblem);
  const { all, empty, noProblems } = words.activity;
  return (
    <>
      <Head />
      <Tabs
        label={words.activity.filter}
        value={filter}
        onChange={setFilter}
        tabs={[
          { id: 'all', label: all, content: <Days items={items} empty={empty} /> },
          {
            id: 'problems',
            label: words.activity.problems(problems.length),
            content: <Days items={problems} empty={noProblems} />,
          },
        ]}
      />
    </>
  );
}

function isProblem({ tone }: ActivityItem): boolean {
  return tone === 'warn' || tone === 'error';
}

function Head() {
  const diagnostics = useRequest('copyDiagnostics');
  const logs = useRequest('openLogs');
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    const reply = await diagnostics.run();
    setCopied(reply.ok);
    if (reply.ok) announce(words.activity.diagnosticsCopied);
  };
  return (
    <>
      <PageHeader
        icon={Pulse}
        title={words.activity.title}
        detail={words.activity.detail}
        action={
          <>
            <Button busy={diagnostics.busy} onClick={() => void copy()}>
              {words.activity.copyDiagnostics}
            </Button>
            <Button busy={logs.busy} onClick={() => void logs.run()}>
              {words.activity.openLogs}
            </Button>
          </>
        }
      />
      {copied && (
        <Banner
          tone="info"
          title={words.activity.diagnosticsCopied}
          text={words.activity.diagnosticsText}
          onDismiss={() => setCopied(false)}
        />
      )}
      <FailureNote failure={diagnostics.failure} onDismiss={diagnostics.clear} />
      <FailureNote failure={logs.failure} onDismiss={logs.clear} />
    </>
  );
}
