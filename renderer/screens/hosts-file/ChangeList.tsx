import { ArrowRight } from 'lucide-react';
import type { NameRow } from '../../../preload/contract.ts';
import { Group } from '../../components/Group.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Tag } from '../../components/Tag.tsx';
import { words } from '../../words.ts';
import styles from './HostsFile.module.css';

export type Change = NameRow & { readonly state: 'add' | 'update' | 'remove' };

export function isChange(row: NameRow): row is Change {
  return row.state === 'add' || row.state === 'update' || row.state === 'remove';
}

/** More than this nobody reads, and it would take long to draw. */
const SHOWN = 100;

const TONES = { add: 'add', update: 'change', remove: 'remove' } as const;

/** What changes, name by name. `held` is the sentence of those removals that wait for a yes of their own. */
export function ChangeList({ changes, held }: { changes: readonly Change[]; held: string | undefined }) {
  const more = changes.length - SHOWN;
  return (
    <Group label={words.hostsFile.list}>
      {changes.slice(0, SHOWN).map(change => (
        <ChangeRow key={change.id} change={change} isHeld={held !== undefined && change.reason === held} />
      ))}
      {more > 0 && <li className={styles.more}>{words.hostsFile.more(more)}</li>}
    </Group>
  );
}

function ChangeRow({ change, isHeld }: { change: Change; isHeld: boolean }) {
  const detail = isHeld ? words.hostsFile.stays : change.reason;
  return (
    <li className={styles.change}>
      <Tag tone={TONES[change.state]}>{words.hostsFile.kinds[change.state]}</Tag>
      <span className={styles.name}>
        <bdi className={styles.hostname}>{change.shown}</bdi>
        {detail && <span className={styles.detail}>{detail}</span>}
      </span>
      <span className={styles.address}>
        <Addresses change={change} />
      </span>
    </li>
  );
}

/** Where only the origin of a name is another, its address is the same before and after. */
function Addresses({ change: { from, address } }: { change: Change }) {
  if (from === undefined || from === address) return <bdi>{address}</bdi>;
  return (
    <>
      <bdi>{from}</bdi>
      <span className="visually-hidden">{words.hostsFile.fromTo}</span>
      <Icon of={ArrowRight} size={12} />
      <bdi>{address}</bdi>
    </>
  );
}
