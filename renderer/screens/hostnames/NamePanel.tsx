import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { NameRow } from '../../../preload/contract.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { StatusDot } from '../../components/StatusDot.tsx';
import { useNames } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { Fact } from './Fact.tsx';
import styles from './NamePanel.module.css';
import { PanelActions } from './PanelActions.tsx';
import { Sources } from './Sources.tsx';
import { toneOf } from './tone.ts';
import { othersOf } from './view.ts';

/** All about one name, beside the table: the table goes on working. Escape closes it. */
export function NamePanel({ row, onClose }: { row: NameRow; onClose: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <aside
      className={styles.panel}
      aria-label={words.hostnames.panel.label(row.shown)}
      onKeyDown={event => event.key === 'Escape' && onClose()}
    >
      <div className={styles.head}>
        <h2 ref={heading} tabIndex={-1} className={styles.title}>
          <bdi>{row.shown}</bdi>
        </h2>
        <IconButton label={words.hostnames.panel.close} icon={X} onClick={onClose} />
      </div>
      <StatusDot tone={toneOf(row.state)}>{words.hostnames.state(row.state)}</StatusDot>
      <p className={styles.consequence}>{words.hostnames.consequence(row)}</p>
      <Facts row={row} />
      <PanelActions row={row} onClose={onClose} />
    </aside>
  );
}

function Facts({ row }: { row: NameRow }) {
  const text = words.hostnames.panel;
  const others = othersOf(row, useNames());
  return (
    <dl className={styles.facts}>
      {row.reason !== '' && <Fact term={text.why}>{row.reason}</Fact>}
      {row.shown !== row.hostname && (
        <Fact term={text.written} isMono={true}>
          {row.hostname}
        </Fact>
      )}
      {row.address !== '' && (
        <Fact term={text.address} isMono={true} action={<CopyButton text={row.address} label={text.copyAddress} />}>
          {row.address}
        </Fact>
      )}
      {row.from !== undefined && row.from !== row.address && (
        <Fact term={text.was} isMono={true}>
          {row.from}
        </Fact>
      )}
      <Sources row={row} />
      {others.length > 0 && (
        <Fact term={text.also}>
          {others.map(other => (
            <span key={other.id} className={styles.other}>
              {words.hostnames.origin(other.origin)}
            </span>
          ))}
        </Fact>
      )}
    </dl>
  );
}
