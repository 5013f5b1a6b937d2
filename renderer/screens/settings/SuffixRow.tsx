import { TriangleAlert } from 'lucide-react';
import { Icon } from '../../components/Icon.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { SelectRow } from './SettingRow.tsx';
import styles from './Settings.module.css';
import { OFFERED_SUFFIXES } from './suffixes.ts';

/** What the names of the cluster end in. The one that is set is offered, too, where it came from elsewhere. */
export function SuffixRow() {
  const suffix = useAppState(({ settings }) => settings.suffix);
  const domain = useAppState(({ cluster }) => (cluster?.demo === false ? cluster.domain : undefined));
  const platform = useAppState(({ system }) => system.platform);
  const text = words.settings.cluster;
  const offered = OFFERED_SUFFIXES.includes(suffix) ? OFFERED_SUFFIXES : [...OFFERED_SUFFIXES, suffix];
  return (
    <SelectRow
      of="suffix"
      label={text.suffix}
      hint={domain === undefined ? undefined : <bdi>{text.suffixHint(domain)}</bdi>}
      options={offered.map(value => ({ value, label: text.ending(value) }))}
    >
      {platform === 'darwin' && suffix === 'local' && (
        <p className={styles.warning}>
          <Icon of={TriangleAlert} />
          <span>{text.localOnMac}</span>
        </p>
      )}
    </SelectRow>
  );
}
