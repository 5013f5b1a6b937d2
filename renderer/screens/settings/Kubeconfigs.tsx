import { X } from 'lucide-react';
import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { Group } from '../../components/Group.tsx';
import { IconButton } from '../../components/IconButton.tsx';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';
import { SettingRow } from './SettingRow.tsx';
import { useSetting } from './use-setting.ts';

/** The files that contexts are read from. */
export function Kubeconfigs() {
  const { value, set, failure } = useSetting('kubeconfigs');
  const choose = useRequest('chooseKubeconfig');
  const text = words.settings.cluster;
  return (
    <>
      <Group label={text.kubeconfigs}>
        <SettingRow
          title={text.kubeconfigs}
          hint={value.length === 0 ? text.asKubectl : text.theseFiles}
          control={
            <Button busy={choose.busy} onClick={() => void choose.run()}>
              {text.choose}
            </Button>
          }
          failure={choose.failure}
        />
        {value.map(file => (
          <SettingRow
            key={file}
            title={<bdi>{file}</bdi>}
            control={
              <IconButton
                icon={X}
                label={text.leaveOut(file)}
                onClick={() => void set(value.filter(other => other !== file))}
              />
            }
          />
        ))}
      </Group>
      <FailureNote failure={failure} />
    </>
  );
}
