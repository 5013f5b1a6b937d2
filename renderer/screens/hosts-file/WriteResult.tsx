import type { WriteView } from '../../../preload/contract.ts';
import { Banner } from '../../components/Banner.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import styles from './HostsFile.module.css';

const TONES: Readonly<Record<WriteView['outcome'], 'info' | 'warn' | 'error'>> = {
  done: 'info',
  'no-change': 'info',
  declined: 'warn',
  'changed-meanwhile': 'warn',
  'not-permitted': 'error',
  failed: 'error',
};

/** What the last write came to, until it is put away. */
export function WriteResult() {
  const write = useAppState(({ lastWrite }) => lastWrite);
  const act = useAct();
  if (write === undefined) return null;
  return (
    <Banner
      tone={write.remarks.length > 0 && write.outcome === 'done' ? 'warn' : TONES[write.outcome]}
      title={words.hostsFile.outcome(write.outcome)}
      text={<Told write={write} />}
      onDismiss={() => void act('dismissWrite')}
    />
  );
}

function Told({ write: { message, hint, remarks } }: { write: WriteView }) {
  return (
    <>
      {message && <p>{message}</p>}
      {hint && <p>{hint}</p>}
      {remarks.length > 0 && (
        <>
          <p>{words.hostsFile.remarks}</p>
          <ul className={styles.remarks}>
            {remarks.map(remark => (
              <li key={remark}>
                <bdi>{remark}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
