import { Button } from '../../components/Button.tsx';
import { FailureNote } from '../../components/FailureNote.tsx';
import { useRequest } from '../../use-request.ts';
import { words } from '../../words.ts';

/** The way to another kubeconfig. */
export function ChooseOther() {
  const { run, busy, failure, clear } = useRequest('chooseKubeconfig');
  return (
    <>
      <Button busy={busy} onClick={() => void run()}>
        {words.setup.chooseOther}
      </Button>
      {failure && <FailureNote failure={failure} onDismiss={clear} />}
    </>
  );
}
