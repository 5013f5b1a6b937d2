import { useEffect, useState } from 'react';
import { onAnnounce } from '../../announce.ts';
import { useAppState } from '../../use-app-state.ts';
import { words } from '../../words.ts';

/** States come and go quickly while something is going on; only what stays is said. */
const SETTLED_MS = 1000;

/** What a screen reader says by itself. It is there for the whole life of the window, else nothing would be heard. */
export function LiveRegion() {
  const [text, setText] = useState('');
  const { title } = words.status.headline(useAppState(state => state));
  useEffect(() => onAnnounce(setText), []);
  useEffect(() => {
    const timer = setTimeout(() => setText(title), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [title]);
  return (
    <div className="visually-hidden" role="status">
      {text}
    </div>
  );
}
