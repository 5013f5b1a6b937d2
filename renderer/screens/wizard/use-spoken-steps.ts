import { useEffect, useRef } from 'react';
import type { InstallStep } from '../../../preload/installer.ts';
import { announce } from '../../announce.ts';
import { words } from '../../words.ts';

/** Has a screen reader say how it stands, once that is something else: on arrival the heading is read anyway. */
export function useSpokenHead(title: string): void {
  const before = useRef(title);
  useEffect(() => {
    if (before.current !== title) announce(title);
    before.current = title;
  }, [title]);
}

const SPOKEN: ReadonlySet<InstallStep['state']> = new Set(['done', 'undone']);

/** Has a screen reader say which step is over, but not what was over before; failures say themselves. */
export function useSpokenSteps(steps: readonly InstallStep[]): void {
  const before = useRef(steps);
  useEffect(() => {
    const known = new Map(before.current.map(({ id, state }) => [id, state]));
    before.current = steps;
    const over = steps.filter(({ id, state }) => SPOKEN.has(state) && known.get(id) !== state);
    if (over.length > 0) announce(over.map(({ title, state }) => words.wizard.install.told(title, state)).join('. '));
  }, [steps]);
}
