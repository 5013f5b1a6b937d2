import type { MetallbView } from '../../../preload/contract.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './LoadBalancer.module.css';

/** Of a MetalLB that is not there or cannot be seen: what can be done about it. */
export function HowToGet({ state }: { state: MetallbView['state'] }) {
  switch (state) {
    case 'absent':
      return <Install />;
    case 'foreign':
      return <p className={styles.lead}>{words.loadBalancer.foreignText}</p>;
    case 'unknown':
      return <p className={styles.lead}>{words.loadBalancer.unknownText}</p>;
    default:
      return null;
  }
}

function Install() {
  return (
    <Section
      title={words.loadBalancer.install}
      action={<CopyButton text={words.loadBalancer.installCommand} label={words.loadBalancer.copyCommand} />}
    >
      <p className={styles.lead}>{words.loadBalancer.installText}</p>
      <pre className={styles.command}>{words.loadBalancer.installCommand}</pre>
    </Section>
  );
}
