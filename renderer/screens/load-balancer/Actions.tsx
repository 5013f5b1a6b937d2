import { useState } from 'react';
import type { MetallbView } from '../../../preload/contract.ts';
import { Button } from '../../components/Button.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';
import { isInstalling } from '../wizard/steps.ts';

/** What can be done about MetalLB: somebody else's is left alone. */
export function Actions({ metallb: { state, ours } }: { metallb: MetallbView }) {
  const { go } = useScreen();
  const isBusy = useAppState(isInstalling);
  const text = words.loadBalancer;
  if (isBusy)
    return (
      <Button variant="primary" onClick={() => go('setup')}>
        {text.showProgress}
      </Button>
    );
  if (state === 'absent')
    return (
      <Button variant="primary" onClick={() => go('setup')}>
        {text.setUp}
      </Button>
    );
  if (!ours) return null;
  return (
    <>
      <Button onClick={() => go('setup')}>{text.changeAddresses}</Button>
      <Remove />
    </>
  );
}

function Remove() {
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const text = words.loadBalancer.remove;
  return (
    <>
      <Button variant="danger" onClick={() => setAsking(true)}>
        {text.action}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onClose={() => setAsking(false)}
        title={text.title}
        text={text.text}
        confirm={text.confirm}
        danger
        onConfirm={() => void act('removeMetallb')}
      />
    </>
  );
}
