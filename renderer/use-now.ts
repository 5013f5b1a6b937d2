import { useEffect, useState } from 'react';

const TICK_MS = 10_000;

/** The time in ms since 1970, for words like "2 hours ago": it moves on by itself, but not every second unless asked to. */
export function useNow(tickMs = TICK_MS): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [tickMs]);
  return now;
}
