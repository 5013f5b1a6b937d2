import { Check, FileText, FileX, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import type { AppState } from '../../../preload/contract.ts';
import { PageHeader } from '../../components/PageHeader.tsx';
import { Tabs } from '../../components/Tabs.tsx';
import { pendingOf } from '../../names.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { Backups } from './Backups.tsx';
import { Changes } from './Changes.tsx';
import { SyncBar } from './SyncBar.tsx';
import { useFile } from './use-loaded.ts';
import { useWrite } from './use-write.ts';
import { WholeFile } from './WholeFile.tsx';

type View = 'changes' | 'file' | 'backups';

/** What is to change in the hosts file, the file itself, and its backups. */
export function HostsFile() {
  const [view, setView] = useState<View>('changes');
  const header = headerOf(
    useAppState(({ hosts }) => hosts),
    useAppState(({ cluster }) => cluster),
  );
  const file = useFile();
  const write = useWrite();
  return (
    <>
      <PageHeader {...header} />
      <Tabs
        label={words.hostsFile.tabs}
        value={view}
        onChange={setView}
        tabs={[
          {
            id: 'changes',
            label: words.hostsFile.changes,
            content: <Changes file={file} write={write} onBackups={() => setView('backups')} />,
          },
          { id: 'file', label: words.hostsFile.wholeFile, content: <WholeFile file={file} /> },
          { id: 'backups', label: words.hostsFile.backupsTab, content: <Backups /> },
        ]}
      />
      {view === 'changes' && <SyncBar write={write} />}
    </>
  );
}

function headerOf(hosts: AppState['hosts'], cluster: AppState['cluster']) {
  const total = pendingOf(hosts);
  if (hosts.refusal !== undefined)
    return {
      icon: FileX,
      tone: 'error',
      title: words.hostsFile.refused,
      detail: words.hostsFile.refusedDetail(hosts.path),
    } as const;
  if (total > 0)
    return {
      icon: TriangleAlert,
      tone: 'warn',
      title: words.hostsFile.toReview(total),
      detail: words.hostsFile.untouched,
    } as const;
  if (hosts.changed)
    return {
      icon: TriangleAlert,
      tone: 'warn',
      title: words.hostsFile.onlyOurs,
      detail: words.hostsFile.onlyOursDetail,
    } as const;
  return settledHeader(hosts, cluster);
}

function settledHeader({ path, entries }: AppState['hosts'], cluster: AppState['cluster']) {
  switch (cluster?.connection) {
    case undefined:
    case 'connecting':
      return {
        icon: FileText,
        tone: 'off',
        title: words.hostsFile.waiting,
        detail: words.hostsFile.waitingDetail,
      } as const;
    case 'unreachable':
      return {
        icon: FileText,
        tone: 'off',
        title: words.hostsFile.inSync,
        detail: words.hostsFile.unreachableDetail,
      } as const;
    default:
      return {
        icon: Check,
        tone: 'ok',
        title: words.hostsFile.inSync,
        detail: words.hostsFile.inSyncDetail(path, entries),
      } as const;
  }
}
