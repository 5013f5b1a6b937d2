import { useState } from 'react';
import { announce } from '../../announce.ts';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group } from '../../components/Group.tsx';
import { Section } from '../../components/Section.tsx';
import { Switch } from '../../components/Switch.tsx';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { SettingRow } from './SettingRow.tsx';
import styles from './Settings.module.css';
import { useSetting } from './use-setting.ts';

const KINDS = ['pending', 'failed', 'address', 'unreachable'] as const;

/** Of which things the desktop is told, and whether it listens. */
export function Notifications() {
  const { value, set, failure } = useSetting('notify');
  const text = words.settings.notifications;
  return (
    <Section title={text.title}>
      <FailureNote failure={failure} />
      <Group label={text.title}>
        {KINDS.map(kind => (
          <li key={kind} className={styles.item}>
            <Switch
              label={text[kind]}
              checked={value[kind]}
              onChange={checked => void set({ ...value, [kind]: checked })}
            />
          </li>
        ))}
        <Test />
      </Group>
    </Section>
  );
}

/** The first notification is one that the user asks for: the system's own question then makes sense. */
function Test() {
  const { run, busy, failure } = useRequest('testNotification');
  const [isSent, setSent] = useState(false);
  const text = words.settings.notifications;
  const send = async () => {
    const reply = await run();
    setSent(reply.ok);
    if (reply.ok) announce(text.tested);
  };
  return (
    <SettingRow
      title={text.testTitle}
      hint={isSent ? text.tested : text.testText}
      control={
        <Button busy={busy} onClick={() => void send()}>
          {text.test}
        </Button>
      }
      failure={failure}
    />
  );
}
