import type { MetallbView } from '../../../preload/contract.ts';
import { words } from '../../words.ts';
import styles from './LoadBalancer.module.css';

/** Of a MetalLB that is not there as a whole or cannot be seen: what can be done about it. */
export function Hint({ state }: { state: MetallbView['state'] }) {
  switch (state) {
    case 'absent':
      return <p className={styles.lead}>{words.loadBalancer.absentText}</p>;
    case 'foreign':
      return <p className={styles.lead}>{words.loadBalancer.foreignText}</p>;
    case 'unknown':
      return <p className={styles.lead}>{words.loadBalancer.unknownText}</p>;
    default:
      return null;
  }
}
