import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './Setup.module.css';

const COMMAND = 'sudo cat /etc/rancher/k3s/k3s.yaml';

/** Where K3s keeps its kubeconfig, and why it cannot be used as it is. */
export function K3sHint() {
  const { k3s, k3sTitle, k3sCopy } = words.setup.kubeconfig;
  return (
    <Section title={k3sTitle} action={<CopyButton text={COMMAND} label={k3sCopy} />}>
      <p className={styles.lead}>{k3s}</p>
      <pre className={styles.code}>{COMMAND}</pre>
    </Section>
  );
}
