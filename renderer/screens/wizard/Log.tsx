import { Code } from '../../components/Code.tsx';
import { Disclosure } from '../../components/Disclosure.tsx';
import { words } from '../../words.ts';
import styles from './Wizard.module.css';

/** What happened besides, for those who want to know. */
export function Log({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div className={styles.log}>
      <Disclosure summary={words.wizard.install.log(lines.length)}>
        <Code text={lines.join('\n')} />
      </Disclosure>
    </div>
  );
}
