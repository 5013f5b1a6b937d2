import { announce } from '../../announce.ts';
import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { words } from '../../words.ts';

/** Copies the name as it is written. */
export function CopyNameButton({ hostname }: { hostname: string }) {
  const act = useAct();
  const copy = async () => {
    const reply = await act('copyText', hostname);
    if (reply.ok) announce(words.common.copied);
  };
  return <Button onClick={() => void copy()}>{words.hostnames.panel.copyName}</Button>;
}
