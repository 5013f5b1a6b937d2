import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './Setup.module.css';

/** Where K3s keeps its kubeconfig, and why it cannot be used as it is. */
export function K3sHint() {
  const { k3s, k3sTitle, k3sCommand, k3sCopy } = words.setup.kubeconfig;
  return (
    <Section title={k3sTitle} action={<CopyButton text={k3sCommand} label={k3sCopy} />}>
      <p className={styles.lead}>{k3s}</p>
      <pre className={styles.code}>{k3sCommand}</pre>
    </Section>
  );
}
