import { Button } from '../../components/Button.tsx';
import { Group } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { Kubeconfigs } from './Kubeconfigs.tsx';
import { SelectRow, SettingRow } from './SettingRow.tsx';
import styles from './Settings.module.css';
import { SuffixRow } from './SuffixRow.tsx';
import { TextRow } from './TextRow.tsx';
import { useSetting } from './use-setting.ts';

/** Which cluster is watched, and what it is called here. */
export function ClusterSettings() {
  const isDemo = useAppState(({ cluster }) => cluster?.demo ?? false);
  const text = words.settings.cluster;
  return (
    <Section title={text.title}>
      {isDemo && <p className={styles.lead}>{text.demo}</p>}
      <Kubeconfigs />
      <Group label={text.title}>
        <ContextRow />
        <NameRow />
        <SuffixRow />
        <NamespacesRow />
        <ProgramsRow />
      </Group>
    </Section>
  );
}

/** The one that is set is offered even where the kubeconfig does not have it (any more). */
function ContextRow() {
  const contexts = useAppState(state => state.contexts);
  const chosen = useAppState(({ settings }) => settings.context);
  const text = words.settings.cluster;
  const known = chosen === '' || contexts.includes(chosen) ? contexts : [chosen, ...contexts];
  return (
    <SelectRow
      of="context"
      label={text.context}
      hint={text.contextHint}
      options={[{ value: '', label: text.currentContext }, ...known.map(name => ({ value: name, label: name }))]}
    />
  );
}

function NameRow() {
  const { value, set, failure, busy } = useSetting('cluster');
  const actual = useAppState(({ cluster }) => (cluster?.demo === false ? cluster.name : undefined));
  const text = words.settings.cluster;
  return (
    <TextRow
      label={text.name}
      hint={text.nameHint}
      {...(actual === undefined ? {} : { placeholder: actual })}
      value={value}
      save={typed => set(typed.trim())}
      failure={failure}
      busy={busy}
    />
  );
}

function NamespacesRow() {
  const { value, set, failure, busy } = useSetting('namespaces');
  const text = words.settings.cluster;
  return (
    <TextRow
      label={text.namespaces}
      hint={text.namespacesHint}
      placeholder={text.namespacesExample}
      value={value.join(', ')}
      save={typed => set(typed.split(/[\s,]+/).filter(name => name !== ''))}
      failure={failure}
      busy={busy}
    />
  );
}

/** The way back from a yes. */
function ProgramsRow() {
  const { value, set, failure, busy } = useSetting('programs');
  const text = words.settings.cluster;
  if (value.length === 0) return null;
  return (
    <SettingRow
      title={text.programs(value.length)}
      hint={text.programsHint}
      control={
        <Button busy={busy} onClick={() => void set([])}>
          {text.forgetPrograms}
        </Button>
      }
      failure={failure}
    />
  );
}
