import { X } from 'lucide-react';
import type { Failure } from '../../../preload/contract.ts';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group } from '../../components/Group.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './Settings.module.css';

interface Item {
  readonly key: string;
  readonly text: string;
  /** Shown beside it, in mono. */
  readonly value?: string;
  /** What the button at its end does. */
  readonly label: string;
}

/** More are not drawn; those that go make room for them. */
const SHOWN = 200;

/** Things that the user once said yes or no to, and can take back one by one. */
export function RemovableList({
  title,
  text,
  none,
  items,
  onRemove,
  failure,
}: {
  title: string;
  text: string;
  none: string;
  items: readonly Item[];
  onRemove: (key: string) => void;
  failure: Failure | undefined;
}) {
  const more = items.length - SHOWN;
  return (
    <Section title={title} count={items.length === 0 ? undefined : items.length}>
      <p className={styles.lead}>{text}</p>
      <FailureNote failure={failure} />
      <Group label={title}>
        {items.length === 0 && <li className={styles.none}>{none}</li>}
        {items.slice(0, SHOWN).map(({ key, text: shown, value, label }) => (
          <li key={key} className={styles.removable}>
            <bdi className={styles.removableText}>{shown}</bdi>
            {value !== undefined && <bdi className={styles.value}>{value}</bdi>}
            <IconButton icon={X} label={label} onClick={() => onRemove(key)} />
          </li>
        ))}
        {more > 0 && <li className={styles.none}>{words.hostsFile.more(more)}</li>}
      </Group>
    </Section>
  );
}
