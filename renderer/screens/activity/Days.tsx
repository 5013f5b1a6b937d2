import { Activity } from 'lucide-react';
import { useState } from 'react';
import type { ActivityItem } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Group } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { StatusDot, type StatusTone } from '../../components/StatusDot.tsx';
import { useNow } from '../../use-now.ts';
import { words } from '../../words.ts';
import styles from './Activity.module.css';

/** As many at a time are drawn. */
const PAGE = 100;

const TONES: Readonly<Record<ActivityItem['tone'], StatusTone>> = {
  info: 'off',
  ok: 'ok',
  warn: 'warn',
  error: 'error',
};

/** Things that happened, under the day they happened on. `empty` is what stands there while there are none. */
export function Days({
  items,
  empty,
}: {
  items: readonly ActivityItem[];
  empty: { readonly title: string; readonly text: string };
}) {
  const now = useNow();
  const [shown, setShown] = useState(PAGE);
  if (items.length === 0) return <EmptyState icon={Activity} title={empty.title} text={empty.text} />;
  const days = Map.groupBy(items.slice(0, shown), ({ at }) => words.activity.day(at, now));
  const more = items.length - shown;
  return (
    <>
      {[...days].map(([day, itemsOfDay]) => (
        <Section key={day} title={day}>
          <Group label={day}>
            {itemsOfDay.map(item => (
              <Item key={item.id} item={item} />
            ))}
          </Group>
        </Section>
      ))}
      {more > 0 && <Button onClick={() => setShown(shown + PAGE)}>{words.activity.more(Math.min(more, PAGE))}</Button>}
    </>
  );
}

function Item({ item: { at, tone, text } }: { item: ActivityItem }) {
  return (
    <li className={styles.item}>
      <span className={styles.tone}>
        <StatusDot tone={TONES[tone]}>
          <span className="visually-hidden">{words.activity.tone[tone]}</span>
        </StatusDot>
      </span>
      <bdi className={styles.text}>{text}</bdi>
      <time className={styles.time} dateTime={new Date(at).toISOString()}>
        {words.activity.time(at)}
      </time>
    </li>
  );
}
