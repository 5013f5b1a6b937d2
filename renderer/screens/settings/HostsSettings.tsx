import { Group } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { RemovableList } from './RemovableList.tsx';
import { RemoveAll } from './RemoveAll.tsx';
import { SwitchRow } from './SettingRow.tsx';
import { useSetting } from './use-setting.ts';

/** What may be written, and when. */
export function HostsSettings() {
  const isQuiet = useAppState(({ hosts }) => !hosts.asks && hosts.way === 'direct');
  const text = words.settings.hosts;
  return (
    <>
      <Section title={text.title}>
        <Group label={text.title}>
          <SwitchRow
            of="automatic"
            label={text.automatic}
            hint={isQuiet ? text.automaticHint : text.automaticOff}
            disabled={!isQuiet}
          />
          <SwitchRow of="allowPublic" label={text.allowPublic} hint={text.allowPublicHint} />
        </Group>
      </Section>
      <AllowedDomains />
      <Excluded />
      <TypedNames />
      <RemoveAll />
    </>
  );
}

function AllowedDomains() {
  const { value, set, failure } = useSetting('allowedDomains');
  const { allowed, allowedText, noAllowed, disallow } = words.settings.hosts;
  return (
    <RemovableList
      title={allowed}
      text={allowedText}
      none={noAllowed}
      items={value.map(domain => ({ key: domain, text: domain, label: disallow(domain) }))}
      onRemove={key => void set(value.filter(domain => domain !== key))}
      failure={failure}
    />
  );
}

function Excluded() {
  const { value, set, failure } = useSetting('excluded');
  const { excluded, excludedText, noExcluded, include } = words.settings.hosts;
  return (
    <RemovableList
      title={excluded}
      text={excludedText}
      none={noExcluded}
      items={value.map(name => ({ key: name, text: name, label: include(name) }))}
      onRemove={key => void set(value.filter(name => name !== key))}
      failure={failure}
    />
  );
}

function TypedNames() {
  const { value, set, failure } = useSetting('names');
  const { typed, typedText, removeName } = words.settings.hosts;
  if (value.length === 0) return null;
  const keyOf = (entry: (typeof value)[number]) => `${entry.hostname} ${entry.address}`;
  return (
    <RemovableList
      title={typed}
      text={typedText}
      none={words.settings.hosts.noExcluded}
      items={value.map(entry => ({
        key: keyOf(entry),
        text: entry.hostname,
        value: entry.address,
        label: removeName(entry.hostname),
      }))}
      onRemove={key => void set(value.filter(entry => keyOf(entry) !== key))}
      failure={failure}
    />
  );
}
