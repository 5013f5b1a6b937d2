import { announce } from '../../announce.ts';
import { Bar } from '../../components/Bar.tsx';
import { Button } from '../../components/Button.tsx';
import { useAct } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';
import { leavingOut, takingIn } from './selection.ts';
import type { Selection } from './use-selection.ts';

/** What can be done with the ticked names at once: each is one change of the settings. */
export function SelectionBar({ selection }: { selection: Selection }) {
  const act = useAct();
  const excluded = useAppState(({ settings }) => settings.excluded);
  const text = words.hostnames.selection;
  const { rows } = selection;
  if (rows.length === 0) return null;
  const change = async (next: readonly string[], said: string) => {
    const reply = await act('setSettings', { excluded: next });
    if (!reply.ok) return;
    selection.clear();
    announce(said);
  };
  const wanted = rows.filter(({ state }) => state !== 'excluded');
  const unwanted = rows.filter(({ state }) => state === 'excluded');
  return (
    <Bar>
      <p>{text.count(rows.length)}</p>
      <Button onClick={selection.clear}>{text.clear}</Button>
      {unwanted.length > 0 && (
        <Button onClick={() => void change(takingIn(excluded, unwanted), text.included(unwanted.length))}>
          {text.include(unwanted.length)}
        </Button>
      )}
      {wanted.length > 0 && (
        <Button onClick={() => void change(leavingOut(excluded, wanted), text.leftOut(wanted.length))}>
          {text.exclude(wanted.length)}
        </Button>
      )}
    </Bar>
  );
}
