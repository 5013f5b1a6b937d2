import styles from './App.module.css';
import { Button } from './components/Button.tsx';
import { FailureNote } from './components/FailureNote.tsx';
import { Sheet } from './components/frame/Sheet.tsx';
import { Window } from './components/frame/Window.tsx';
import { Skeleton } from './components/Skeleton.tsx';
import { useMirror } from './use-app-state.ts';
import { words } from './words.ts';

/** The window, as soon as there is something to draw. */
export function App({ onRetry }: { onRetry: () => void }) {
  const mirror = useMirror();
  switch (mirror.phase) {
    case 'live':
      return <Window />;
    case 'waiting':
      return (
        <Before>
          <Skeleton rows={5} />
        </Before>
      );
    case 'failed':
      return (
        <Before>
          <FailureNote failure={mirror.failure} action={<Button onClick={onRetry}>{words.common.tryAgain}</Button>} />
        </Before>
      );
  }
}

function Before({ children }: { children: React.ReactNode }) {
  return (
    <div className={styles.before}>
      <Sheet>
        <h1 className="visually-hidden">{words.common.appName}</h1>
        {children}
      </Sheet>
    </div>
  );
}
