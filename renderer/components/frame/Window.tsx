import { useCallback, useMemo, useRef, useState } from 'react';
import type { Failure, Screen } from '../../../preload/contract.ts';
import { ask } from '../../ask.ts';
import { type Act, ActContext } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { useArrival } from '../../use-arrival.ts';
import { PlaceContext } from '../../use-screen.ts';
import { useShortcuts } from '../../use-shortcuts.ts';
import { words } from '../../words.ts';
import { FailureNote } from '../FailureNote.tsx';
import { Content } from './Content.tsx';
import { LiveRegion } from './LiveRegion.tsx';
import { Sheet } from './Sheet.tsx';
import { ShortcutList } from './ShortcutList.tsx';
import { Sidebar } from './Sidebar.tsx';
import styles from './Window.module.css';

/** Sidebar and sheet, and which screen is on it. */
export function Window() {
  const { act, failure, clear } = useActing();
  const [screen, go] = useState<Screen>('overview');
  const isSetUp = useAppState(state => state.setup === undefined);
  const sheet = useRef<HTMLElement>(null);
  const shown = isSetUp || screen === 'settings' ? screen : 'setup';
  useArrival(shown, sheet, go);
  const place = useMemo(() => ({ screen, go }), [screen]);
  return (
    <PlaceContext value={place}>
      <ActContext value={act}>
        <button type="button" className={styles.skip} onClick={() => sheet.current?.querySelector('h1')?.focus()}>
          {words.common.skipToContent}
        </button>
        <div className={styles.window}>
          <Sidebar />
          <Sheet ref={sheet}>
            <FailureNote failure={failure} onDismiss={clear} />
            <Content shown={shown} />
          </Sheet>
        </div>
        <Keys />
        <LiveRegion />
      </ActContext>
    </PlaceContext>
  );
}

function Keys() {
  const [isListOpen, setListOpen] = useState(false);
  useShortcuts(() => setListOpen(true));
  return <ShortcutList open={isListOpen} onClose={() => setListOpen(false)} />;
}

function useActing() {
  const [failure, setFailure] = useState<Failure>();
  const act = useCallback<Act>(async (method, ...args) => {
    const reply = await ask(method, ...args);
    setFailure(reply.ok ? undefined : reply.error);
    return reply;
  }, []);
  const clear = useCallback(() => setFailure(undefined), []);
  return { act, failure, clear };
}
