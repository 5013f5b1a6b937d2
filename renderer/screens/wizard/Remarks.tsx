import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './Wizard.module.css';

/** What was left, and what else there is to do. */
export function Remarks({ remarks }: { remarks: readonly string[] }) {
  if (remarks.length === 0) return null;
  return (
    <Section title={words.wizard.install.remarks}>
      <ul className={styles.sentences}>
        {remarks.map(remark => (
          <li key={remark}>
            <bdi>{remark}</bdi>
          </li>
        ))}
      </ul>
    </Section>
  );
}
