import { Section } from '../../components/Section.tsx';
import { Select } from '../../components/Select.tsx';
import { TextField } from '../../components/TextField.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { OFFERED_SUFFIXES, RECOMMENDED_ON_MAC } from '../settings/suffixes.ts';
import styles from './Form.module.css';
import type { Naming as Names } from './use-naming.ts';

/** Name and ending of the cluster's own names, and what comes of them. */
export function Naming({ naming }: { naming: Names }) {
  const { name, suffix, setName, setSuffix, isMissing } = naming;
  const text = words.wizard.connect;
  return (
    <Section title={text.naming}>
      <div className={styles.fields}>
        <div className={styles.wide}>
          <TextField label={text.name} value={name} onChange={setName} error={isMissing ? text.empty : undefined} />
        </div>
        <SuffixSelect suffix={suffix} onChange={setSuffix} />
      </div>
      {name.trim() !== '' && (
        <p className={styles.note}>
          <bdi>{text.opens(`${name.trim()}.${suffix}`)}</bdi>
        </p>
      )}
      <LocalOnMac suffix={suffix} />
    </Section>
  );
}

function SuffixSelect({ suffix, onChange }: { suffix: string; onChange: (suffix: string) => void }) {
  const isMac = useAppState(({ system }) => system.platform === 'darwin');
  const { ending } = words.settings.cluster;
  const offered = OFFERED_SUFFIXES.includes(suffix) ? OFFERED_SUFFIXES : [...OFFERED_SUFFIXES, suffix];
  return (
    <Select
      label={words.wizard.connect.suffix}
      value={suffix}
      options={offered.map(value => ({
        value,
        label: isMac && value === RECOMMENDED_ON_MAC ? words.wizard.connect.recommended(ending(value)) : ending(value),
      }))}
      onChange={onChange}
    />
  );
}

/** Multicast DNS has that ending to itself there. */
function LocalOnMac({ suffix }: { suffix: string }) {
  const isMac = useAppState(({ system }) => system.platform === 'darwin');
  if (!isMac || suffix !== 'local') return null;
  return <p className={styles.warning}>{words.settings.cluster.localOnMac}</p>;
}
