import type { FileLine } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DiffView } from '../../components/DiffView.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Section } from '../../components/Section.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import styles from './HostsFile.module.css';
import type { useFile } from './use-loaded.ts';

const SHOWN = 400;

/** The changes as lines of the file; who cannot write it may copy them. */
export function FileDiff({ file }: { file: ReturnType<typeof useFile> }) {
  const path = useAppState(({ hosts }) => hosts.path);
  const { value, failure, reload } = file;
  const added = value?.diff.filter(({ kind }) => kind === 'added') ?? [];
  const copy = added.map(({ text }) => `${text}\n`).join('');
  return (
    <Section
      title={<bdi>{path}</bdi>}
      action={copy !== '' && <CopyButton text={copy} label={words.hostsFile.copyLines} />}
    >
      <FailureNote failure={failure} action={<Button onClick={reload}>{words.common.tryAgain}</Button>} />
      {value === undefined && failure === undefined && <Skeleton rows={3} />}
      {value !== undefined && <ShortDiff lines={value.diff} label={words.hostsFile.diff(path)} />}
    </Section>
  );
}

/** A diff, cut where it becomes too long to read. */
export function ShortDiff({ lines, label }: { lines: readonly FileLine[]; label: string }) {
  const more = lines.length - SHOWN;
  return (
    <>
      <DiffView lines={lines.slice(0, SHOWN)} label={label} />
      {more > 0 && <p className={styles.cut}>{words.hostsFile.moreLines(more)}</p>}
    </>
  );
}
