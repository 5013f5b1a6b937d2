import { Group } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { SelectRow, SwitchRow } from './SettingRow.tsx';

/** Of the program as such. */
export function General() {
  const { platform, tray, loginAwaits } = useAppState(({ system }) => system);
  const startsAtLogin = useAppState(({ settings }) => settings.startAtLogin);
  const text = words.settings.general;
  const isTrayless = platform === 'linux' && tray !== 'yes';
  return (
    <Section title={text.title}>
      <Group label={text.title}>
        <SwitchRow
          of="startAtLogin"
          label={text.startAtLogin}
          hint={startsAtLogin && loginAwaits ? text.loginAwaits : text.startAtLoginHint}
        />
        <SelectRow
          of="onClose"
          label={text.onClose}
          hint={isTrayless ? words.common.noTray.text : text.onCloseHint}
          options={[
            { value: 'keep-running', label: text.keepRunning },
            { value: 'quit', label: text.quit },
          ]}
        />
        <SelectRow
          of="theme"
          label={text.theme}
          options={[
            { value: 'system', label: text.themes.system },
            { value: 'light', label: text.themes.light },
            { value: 'dark', label: text.themes.dark },
          ]}
        />
        {platform === 'linux' && (
          <SelectRow
            of="trayIcon"
            label={text.trayIcon}
            hint={text.trayIconHint}
            options={[
              { value: 'automatic', label: text.trayIcons.automatic },
              { value: 'light', label: text.trayIcons.light },
              { value: 'dark', label: text.trayIcons.dark },
            ]}
          />
        )}
        <SwitchRow of="singleKeys" label={text.singleKeys} hint={text.singleKeysHint} />
      </Group>
    </Section>
  );
}
