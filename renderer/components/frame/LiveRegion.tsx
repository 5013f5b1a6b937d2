import { useEffect, useReducer } from 'react';
import { onAnnounce } from '../../announce.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';

/** States come and go quickly while something is going on; only what stays is said. */
const SETTLED_MS = 1000;

/** The same words once more are another element: else there would be no change to be read out. */
function next({ turn }: { turn: number }, text: string) {
  return { text, turn: turn + 1 };
}

/** What a screen reader says by itself. It is there for the whole life of the window, else nothing would be heard. */
export function LiveRegion() {
  const [{ text, turn }, say] = useReducer(next, { text: '', turn: 0 });
  const { title } = words.status.headline(useAppState(state => state));
  useEffect(() => onAnnounce(say), []);
  useEffect(() => {
    const timer = setTimeout(() => say(title), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [title]);
  return (
    <div className="visually-hidden" role="status">
      <span key={turn}>{text}</span>
    </div>
  );
}
