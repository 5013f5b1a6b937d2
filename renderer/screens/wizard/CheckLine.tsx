import { useId, useState } from 'react';
import type { CheckRow } from '../../../preload/installer.ts';
import { Button } from '../../components/Button.tsx';
import { Code } from '../../components/Code.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Dot, type StatusTone } from '../../components/StatusDot.tsx';
import { words } from '../../words.ts';
import styles from './Wizard.module.css';

const TONES: Readonly<Record<CheckRow['state'], StatusTone>> = {
  checking: 'off',
  ready: 'ok',
  attention: 'warn',
  blocked: 'error',
};

/** One thing that was looked at, and how to mend it. */
export function CheckLine({ row: { state, title, detail, fix } }: { row: CheckRow }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const text = words.wizard.check;
  return (
    <li className={styles.line}>
      <Dot tone={TONES[state]} />
      <div className={styles.text}>
        <bdi className={styles.title}>{title}</bdi>
        {detail && <bdi className={styles.detail}>{detail}</bdi>}
      </div>
      <span className={styles.state}>{text.rowState(state)}</span>
      {fix && (
        <Button aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => setOpen(!isOpen)}>
          {isOpen ? text.hideFix : text.showFix}
        </Button>
      )}
      {fix && isOpen && (
        <section id={id} aria-label={text.fixOf(title)} className={styles.fix}>
          <Fix text={fix.text} lines={fix.lines} />
        </section>
      )}
    </li>
  );
}

function Fix({ text, lines }: { text: string; lines: readonly string[] }) {
  return (
    <>
      <p>
        <bdi>{text}</bdi>
      </p>
      {lines.length > 0 && (
        <div className={styles.lines}>
          <Code text={lines.join('\n')} />
          <CopyButton text={lines.join('\n')} label={words.wizard.check.copyFix} />
        </div>
      )}
    </>
  );
}
