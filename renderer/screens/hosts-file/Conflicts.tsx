import { Ban } from 'lucide-react';
import type { NameRow } from '../../../preload/contract.ts';
import { Group, Row } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './HostsFile.module.css';

const SHOWN = 50;

/** Names that somebody else has, and what that means. */
export function Conflicts({ rows }: { rows: readonly NameRow[] }) {
  if (rows.length === 0) return null;
  const more = rows.length - SHOWN;
  return (
    <Section title={words.hostsFile.conflicts.title} count={rows.length}>
      <p className={styles.lead}>{words.hostsFile.conflicts.text}</p>
      <Group label={words.hostsFile.conflicts.title}>
        {rows.slice(0, SHOWN).map(row => (
          <Row
            key={row.id}
            icon={Ban}
            title={<bdi>{row.shown}</bdi>}
            detail={
              <>
                {row.reason && <bdi className={styles.reason}>{row.reason}</bdi>}
                <bdi>{words.hostnames.origin(row.origin)}</bdi>
              </>
            }
            value={<bdi>{row.address}</bdi>}
          />
        ))}
        {more > 0 && <li className={styles.more}>{words.hostsFile.more(more)}</li>}
      </Group>
    </Section>
  );
}
