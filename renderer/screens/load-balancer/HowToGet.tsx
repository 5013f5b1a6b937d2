import type { MetallbView } from '../../../preload/contract.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Section } from '../../components/Section.tsx';
import { words } from '../../words.ts';
import styles from './LoadBalancer.module.css';

const COMMANDS = [
  'helm repo add metallb https://metallb.github.io/metallb',
  'helm upgrade --install metallb metallb/metallb --version 0.15.3 --create-namespace --namespace metallb-system --wait',
].join('\n');

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
      action={<CopyButton text={COMMANDS} label={words.loadBalancer.copyCommand} />}
    >
      <p className={styles.text}>{words.loadBalancer.installText}</p>
      <pre className={styles.command}>
        <Unbroken text={COMMANDS} />
      </pre>
    </Section>
  );
}

/** Lines break between words only: at the hyphens of an option they would look like two. */
function Unbroken({ text }: { text: string }) {
  return text.split(/(\s+)/).map((part, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of a command never move.
    index % 2 === 1 ? part : <span key={index}>{part}</span>,
  );
}
