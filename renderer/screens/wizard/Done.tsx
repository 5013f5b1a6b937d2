import { Globe } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { Group, Row } from '../../components/Group.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { pendingOf, syncsByItself } from '../../names.ts';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { SwitchRow } from '../settings/SettingRow.tsx';
import { StepBar } from './StepBar.tsx';
import { useWayOut, type Wizard } from './use-wizard.ts';

/** The end: the first name to open, and what goes on by itself from here. */
export function Done({ wizard }: { wizard: Wizard }) {
  const { finish } = useWayOut(wizard);
  const cluster = useAppState(state => state.cluster);
  const pending = useAppState(({ hosts }) => pendingOf(hosts));
  const isAutomatic = useAppState(syncsByItself);
  const text = words.wizard.done;
  const { startAtLogin, startAtLoginHint } = words.settings.general;
  return (
    <>
      <PageHeader
        title={<bdi>{text.title(cluster?.name ?? words.common.cluster.none)}</bdi>}
        detail={pending > 0 ? text.waiting(pending) : text.detail(isAutomatic)}
      />
      <Group label={text.next}>
        {cluster && <OpenRow domain={cluster.domain} />}
        <SwitchRow of="startAtLogin" label={startAtLogin} hint={startAtLoginHint} />
      </Group>
      <StepBar step="done">
        <Button onClick={() => wizard.change({ at: 'hosts' })}>{words.wizard.back}</Button>
        <Button variant="primary" onClick={finish}>
          {text.overview}
        </Button>
      </StepBar>
    </>
  );
}

function OpenRow({ domain }: { domain: string }) {
  const act = useAct();
  const url = `https://${domain}`;
  const text = words.wizard.done;
  return (
    <Row
      icon={Globe}
      title={<bdi>{url}</bdi>}
      detail={text.openText}
      action={<Button onClick={() => void act('openUrl', url)}>{text.open}</Button>}
    />
  );
}
