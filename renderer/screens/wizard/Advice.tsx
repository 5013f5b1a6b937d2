import { useEffect } from 'react';
import type { AddressesView } from '../../../preload/installer.ts';
import { announce } from '../../announce.ts';
import { Banner } from '../../components/Banner.tsx';
import { words } from '../../words.ts';
import styles from './Form.module.css';

/** What there is to say of the addresses besides what is wrong with them. It is said aloud, too, once it is known. */
export function Advice({ advice }: { advice: AddressesView | undefined }) {
  useEffect(() => {
    if (advice) announce(spoken(advice));
  }, [advice]);
  const text = words.wizard.addresses;
  if (advice === undefined) return <p className={styles.count}>{text.dhcp}</p>;
  const { count, notes, warnings, problems } = advice;
  return (
    <div className={styles.advice}>
      <p className={styles.count}>
        {problems.length === 0 && <strong>{text.count(count)}</strong>} {text.dhcp}
      </p>
      {notes.length > 0 && (
        <ul className={styles.notes} aria-label={text.notes}>
          {notes.map(note => (
            <li key={note}>
              <bdi>{note}</bdi>
            </li>
          ))}
        </ul>
      )}
      {warnings.map(warning => (
        <Banner key={warning} tone="warn" title={<bdi>{warning}</bdi>} />
      ))}
    </div>
  );
}

function spoken({ count, problems, warnings, notes }: AddressesView): string {
  if (problems.length > 0) return problems.join(' ');
  return [words.wizard.addresses.count(count), ...warnings, ...notes].join(' ');
}
