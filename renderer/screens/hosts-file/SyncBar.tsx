import { Bar } from '../../components/Bar.tsx';
import { Button } from '../../components/Button.tsx';
import { useAppState } from '../../use-app-state.ts';
import { useScreen } from '../../use-screen.ts';
import { words } from '../../words.ts';
import type { Write } from './use-write.ts';

/** What the write will ask for, and the write; nothing where there is nothing to write. */
export function SyncBar({ write }: { write: Write }) {
  const { changed, refusal, asks, way, wayReason } = useAppState(({ hosts }) => hosts);
  const { go } = useScreen();
  if (!changed || refusal !== undefined) return null;
  const isQuiet = !asks && way === 'direct';
  return (
    <Bar>
      <p>{isQuiet ? words.hostsFile.direct : wayReason}</p>
      <Button onClick={() => go('overview')}>{words.hostsFile.notNow}</Button>
      <Button variant="primary" busy={write.busy} onClick={() => write.start(false)}>
        {words.hostsFile.sync}
      </Button>
    </Bar>
  );
}
