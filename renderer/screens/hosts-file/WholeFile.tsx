import { FileText } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Section } from '../../components/Section.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { FileLines } from './FileLines.tsx';
import styles from './HostsFile.module.css';
import type { useFile } from './use-loaded.ts';

/** The hosts file as it is, to read only. */
export function WholeFile({ file }: { file: ReturnType<typeof useFile> }) {
  const path = useAppState(({ hosts }) => hosts.path);
  const { value, failure, reload } = file;
  const lines = value?.lines ?? [];
  const legend = lines.some(({ ours }) => ours) ? words.hostsFile.file.legend : words.hostsFile.file.noneOurs;
  return (
    <>
      <FailureNote failure={failure} action={<Button onClick={reload}>{words.common.tryAgain}</Button>} />
      {value === undefined && failure === undefined && <Skeleton />}
      {value !== undefined && lines.length === 0 && (
        <EmptyState icon={FileText} title={words.hostsFile.file.empty} text={words.hostsFile.file.emptyText} />
      )}
      {lines.length > 0 && (
        <Section title={<bdi>{path}</bdi>} count={lines.length}>
          <p className={styles.lead}>{legend}</p>
          <FileLines lines={lines} label={words.hostsFile.file.label(path)} />
        </Section>
      )}
    </>
  );
}
