import { useCallback, useMemo, useRef, useState } from 'react';
import type { Failure } from '../../../preload/contract.ts';
import { ask } from '../../ask.ts';
import { stepOf } from '../../screens/wizard/steps.ts';
import { useWizardMemory } from '../../screens/wizard/use-wizard.ts';
import { Wizard } from '../../screens/wizard/Wizard.tsx';
import { type Act, ActContext } from '../../use-act.ts';
import { useAppState } from '../../use-app-state.ts';
import { useArrival } from '../../use-arrival.ts';
import { useKeptFocus } from '../../use-kept-focus.ts';
import { usePlace } from '../../use-place.ts';
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

/** Sidebar and sheet, and which screen is on it; or the wizard. */
export function Window() {
  const acting = useActing();
  const { screen, go, shown, isWizard } = usePlace();
  const wizard = useWizardMemory();
  const step = useAppState(state => stepOf(wizard.progress.at, state));
  const sheet = useRef<HTMLElement>(null);
  useArrival(shown, isWizard ? words.wizard.names[step] : words.common.screens[shown], sheet, go);
  useKeptFocus(sheet);
  const place = useMemo(() => ({ screen, go }), [screen, go]);
  const note = <FailureNote failure={acting.failure} onDismiss={acting.clear} />;
  return (
    <PlaceContext value={place}>
      <ActContext value={acting.act}>
        <button type="button" className={styles.skip} onClick={() => sheet.current?.querySelector('h1')?.focus()}>
          {words.common.skipToContent}
        </button>
        {isWizard ? (
          <Wizard step={step} wizard={wizard} ref={sheet}>
            {note}
          </Wizard>
        ) : (
          <div className={styles.window}>
            <Sidebar />
            <Sheet ref={sheet}>
              {note}
              <Content shown={shown} />
            </Sheet>
          </div>
        )}
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
